import { executionAsyncResource } from 'node:async_hooks'
import { createRequire } from 'node:module'
import { NotSupportedError } from '@ambisync/core/adapter'
import { adapterName } from './adapter-name.ts'
import { Alarm, longestDelay } from './alarm.ts'

/** Taken before test frameworks can put fake ones in their place: a turned loop has to be woken by the real ones. */
const { setInterval, setImmediate, clearImmediate, setTimeout } = globalThis

/** What Node's immediates have, on every version: their neighbours among those of one turn. */
interface Neighbours {
  readonly _idlePrev?: unknown
  readonly _idleNext?: unknown
}

function neighboursOf(resource: object): Neighbours {
  return resource
}

/** That of the class of immediates, which has no name. */
const immediatePrototype: unknown = (() => {
  const immediate = setImmediate(() => {})
  clearImmediate(immediate)
  return Object.getPrototypeOf(immediate)
})()

/** What is used of the package `deasync`. */
interface Deasync {
  /**
   * While `isPending()`: runs microtasks and `process.nextTick`s, asks again, and has the event loop do what is due, or
   * wait until something is.
   */
  loopWhile(isPending: () => boolean): void
}

/** This thread's event loop, to be turned by who is blocked. */
export class EventLoop {
  readonly #deasync: Deasync
  /** How many turns are on this thread's stack. */
  #depth = 0
  /** What runs at the next turn. */
  readonly #due = new Set<() => void>()
  #isScheduled = false
  /** An immediate is pending, so that the next turn will not wait. */
  #hasImmediate = false
  /** A loop that has nothing to wait for does not wait, and would be turned again and again. */
  readonly #alive: NodeJS.Timeout = setInterval(() => {}, longestDelay).unref()

  constructor(deasync: Deasync) {
    this.#deasync = deasync
  }

  /** Somebody is blocked, and will look at what has arrived. */
  get isTurning(): boolean {
    return this.#depth > 0
  }

  /** Runs `task`, once, in a macrotask of its own, or when the loop is turned. */
  runSoon(task: () => void): void {
    this.#due.add(task)
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#hasImmediate = true
    const immediate = setImmediate(() => {
      this.#hasImmediate = false
      const { _idlePrev, _idleNext } = neighboursOf(immediate)
      // Beside others it is no good place to run tasks: they could not block there, see below.
      if (_idlePrev === null && _idleNext === null) this.#runDue()
      else if (this.#due.size > 0) setTimeout(() => this.#runDue(), 0)
      else this.#isScheduled = false
    })
  }

  /**
   * Whether this is an immediate that comes after another one of the same turn. Node does not bear that its loop is turned
   * in one: it ends the process, by a failed assertion.
   */
  isInLaterImmediate(): boolean {
    const resource = executionAsyncResource()
    return Object.getPrototypeOf(resource) === immediatePrototype && neighboursOf(resource)._idlePrev !== null
  }

  /**
   * Turns until `isOver()`, or for `limit` milliseconds; it may be a little less. Sleeps while there is nothing to do.
   */
  turnUntil(isOver: () => boolean, limit: number): void {
    // The immediate may be one of those that come after the very one that is blocked here: Node runs those afterwards.
    // It still has the first turn of this loop not wait, if that is not so.
    let isFirst = this.#hasImmediate
    this.#runDue()
    let alarm: Alarm | undefined
    let isBeforeTurn = true
    if (this.#depth++ === 0) this.#alive.ref()
    try {
      this.#deasync.loopWhile(() => {
        isBeforeTurn = !isBeforeTurn
        if (isFirst) {
          // Without an alarm, and in any case: a program that calls again and again has the event loop go on.
          isFirst = !isBeforeTurn
          return true
        }
        if (isOver() || alarm?.isUp) return false
        if (isBeforeTurn) alarm ??= new Alarm(limit)
        return true
      })
    } finally {
      if (--this.#depth === 0) this.#alive.unref()
      alarm?.cancel()
    }
  }

  /**
   * Whether this is a promise job. In one, V8 runs no other, so that nothing that takes a promise ever comes about.
   *
   * A promise job is queued, and `deasync` made to run those that there are, without turning the loop.
   */
  isInPromiseJob(): boolean {
    let hasRun = false
    let looks = 0
    void Promise.resolve().then(() => {
      hasRun = true
    })
    this.#deasync.loopWhile(() => looks++ === 0)
    return !hasRun
  }

  #runDue(): void {
    this.#isScheduled = false
    // What one of them has run soon comes with the next turn.
    for (let left = this.#due.size; left > 0; left--) {
      // One of them may block, and have the others run meanwhile.
      const [task] = this.#due
      if (task === undefined) return
      this.#due.delete(task)
      task()
    }
  }
}
let eventLoop: EventLoop | undefined

/** @throws {NotSupportedError} where the addon cannot be loaded */
export function loadEventLoop(): EventLoop {
  eventLoop ??= new EventLoop(loadDeasync())
  return eventLoop
}

function loadDeasync(): Deasync {
  const { versions, platform, arch } = process
  for (const name of ['bun', 'deno'] as const) {
    // Bun would crash.
    if (versions[name] !== undefined) throw notSupported(`it is for Node.js, and this is ${name} ${versions[name]}`)
  }
  try {
    return createRequire(import.meta.url)('deasync')
  } catch (cause) {
    // What it is about; then come all the places where it was not found.
    const [why] = String(cause instanceof Error ? cause.message : cause).split('\n')
    throw notSupported(`its addon cannot be loaded by Node.js ${versions.node} on ${platform}-${arch}: ${why}`, cause)
  }
}

function notSupported(why: string, cause?: unknown): NotSupportedError {
  const advice = 'use an adapter with a thread of its own, such as workerThreads() of @ambisync/worker-threads'
  const message = `the event loop cannot be turned by the package deasync here: ${why}; ${advice}`
  return new NotSupportedError(message, { adapter: adapterName, ...(cause === undefined ? {} : { cause }) })
}
