import {
  type Call,
  type Channel,
  type Envelope,
  type Exit,
  type Load,
  type OpenOptions,
  wakeUp,
} from '@ambisync/core/adapter'
import type { ChildProcessOptions } from '../options.ts'
import { type CallIdentity, envelopeOf, notStarted } from './call-end.ts'
import { CallProcess } from './call-process.ts'
import type { Left } from './exchange.ts'
import { encodeFrame } from './frame.ts'
import type { Order } from './outcome.ts'

/** How many processes there are at the same time at most. Calls beyond that wait for one of them to be over. */
const mostProcesses = 32

/** How long a blocked caller sleeps between two looks, at least and at most, in milliseconds. */
const shortestPause = 0.25
const longestPause = 10

/** Of the time that nothing has come, how much a blocked caller sleeps before it looks again. */
const pauseShare = 1 / 32

/** How often a blocked caller looks for ends at most, in milliseconds for each process that there is. */
const endInterval = 1

/** A call that waits for its process. */
interface WaitingCall {
  readonly call: CallIdentity
  readonly left: Left
}

/** The process that runs a call. */
interface RunningCall {
  readonly call: CallIdentity
  readonly process: CallProcess
}

/**
 * One generation of a loop that is nothing but a number of calls, each in a process of its own. The states of a call:
 *
 *   waiting --> running --> answered, its process on the way to its end --> gone
 *      `-- cancelled, or the loop killed --^
 */
export class PerCallChannel implements Channel {
  readonly #options: ChildProcessOptions
  readonly #name: string
  /** The calling thread's wake word. Others write it: whatever else the thread waits for. */
  readonly #wake: OpenOptions['wake']
  readonly #modules = new Map<number, Load>()
  readonly #waiting = new Map<number, WaitingCall>()
  readonly #running = new Map<number, RunningCall>()
  /** Processes whose call is settled. They run their exit handlers, or have been killed. */
  readonly #ending = new Set<CallProcess>()
  /** There is no loop that could say so. */
  readonly #arrived: Envelope[] = [{ kind: 'ready' }]
  /** Asked to end, or made to. */
  #closing: 'stopped' | 'killed' | undefined
  #ended = false
  /** When something came, or went, last. On the monotonic clock, in milliseconds. */
  #lastNews = performance.now()
  #lastLookForEnds = 0
  #listener = (): void => {}
  #keepAlive: ReturnType<typeof setInterval> | undefined

  constructor(options: ChildProcessOptions, { name, wake }: OpenOptions) {
    this.#options = options
    this.#name = name
    this.#wake = wake
    this.#announce()
  }

  post(envelope: Envelope): boolean {
    switch (envelope.kind) {
      case 'load':
        this.#modules.set(envelope.module, envelope)
        break
      case 'call':
        this.#call(envelope)
        break
      case 'cancel':
        this.#cancel(envelope.id)
        break
      case 'stop':
        this.#close('stopped')
        break
    }
    return true
  }

  isDead(): boolean {
    return this.#closing === 'killed' || this.#isOver()
  }

  poll(): Envelope | Exit | undefined {
    if (this.#arrived.length === 0) this.#look()
    const envelope = this.#arrived.shift()
    if (envelope !== undefined) return envelope
    if (!this.#isOver() || this.#ended) return undefined
    this.#ended = true
    this.unref()
    return this.#closing === 'killed' ? { kind: 'exit', signal: 'SIGKILL' } : { kind: 'exit', code: 0 }
  }

  /**
   * One look, and if there is nothing, one pause. It ends early when another channel of this thread has something; after
   * a change of the wake word that was before the pause, the next look at all channels is no later than its end.
   */
  drive(remaining: number): void {
    this.#lookForEnds()
    this.#look()
    if (this.#arrived.length > 0 || this.#isOver()) return
    const share = (performance.now() - this.#lastNews) * pauseShare
    const pause = Math.min(Math.max(share, shortestPause), longestPause)
    Atomics.wait(this.#wake, 0, Atomics.load(this.#wake, 0), Math.min(remaining, pause))
  }

  onReady(listener: () => void): void {
    this.#listener = listener
  }

  /** A timer, because there need not be a process. Those that there are do not keep the caller alive by themselves. */
  ref(): void {
    if (!this.#ended) this.#keepAlive ??= setInterval(() => {}, 2 ** 30)
  }

  unref(): void {
    clearInterval(this.#keepAlive)
    this.#keepAlive = undefined
  }

  kill(): void {
    if (this.#closing === 'killed') return
    // What is there already is still handed over.
    this.#look()
    this.#waiting.clear()
    for (const { process } of this.#running.values()) this.#ending.add(process)
    this.#running.clear()
    for (const process of this.#ending) process.kill()
    this.#close('killed')
  }

  #isOver(): boolean {
    if (this.#closing === undefined) return false
    return this.#waiting.size + this.#running.size + this.#ending.size === 0
  }

  #close(how: 'stopped' | 'killed'): void {
    this.#closing = how
    this.#announce()
  }

  #call(envelope: Call): void {
    const { id, name, module, timeout, ...rest } = envelope
    const load = this.#modules.get(module)
    if (load === undefined) throw new Error(`call ${id} came before its module ${module}`)
    // Its time goes on while it waits and while its process starts: it crosses as a point in time.
    const order: Order = { loop: this.#name, load, call: { id, name, module, ...rest } }
    const expiry = timeout === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeout
    const left = { frame: encodeFrame(order, 'args'), expiry }
    this.#waiting.set(id, { call: { id, name, loop: this.#name }, left })
    this.#startWaiting()
  }

  /** The task is not asked: its process has nothing else to do, and nobody has to wait until it has seen to it. */
  #cancel(id: number): void {
    const running = this.#running.get(id)
    this.#waiting.delete(id)
    this.#running.delete(id)
    if (running !== undefined) {
      running.process.kill()
      this.#ending.add(running.process)
    }
    this.#arrived.push({ kind: 'cancelled', id })
    this.#announce()
  }

  /** Takes in what has come of the processes, as far as that is known. */
  #look(): void {
    for (const [id, { call, process }] of this.#running) {
      const found = process.take()
      if (found === undefined) continue
      this.#running.delete(id)
      this.#ending.add(process)
      this.#arrived.push(envelopeOf(found, call))
      this.#lastNews = performance.now()
    }
    for (const process of this.#ending) {
      if (!process.hasEnded) continue
      this.#ending.delete(process)
      process.close()
      this.#lastNews = performance.now()
    }
    this.#startWaiting()
  }

  /** Which processes have ended without a word, or at last. Costs more than to look at their files, so not each time. */
  #lookForEnds(): void {
    const time = performance.now()
    const interval = (this.#running.size + this.#ending.size) * endInterval
    if (time - this.#lastLookForEnds < interval) return
    this.#lastLookForEnds = time
    for (const { process } of this.#running.values()) process.lookForEnd()
    for (const process of this.#ending) process.lookForEnd()
  }

  /** In the order in which they came. */
  #startWaiting(): void {
    for (const [id, { call, left }] of this.#waiting) {
      if (this.#running.size >= mostProcesses) return
      this.#waiting.delete(id)
      this.#lastNews = performance.now()
      try {
        const process = new CallProcess(this.#options, left, () => this.#listener())
        this.#running.set(id, { call, process })
      } catch (cause) {
        this.#arrived.push(notStarted(call, cause))
        this.#announce()
      }
    }
  }

  /** Something came of what this thread itself did: whoever looks at its channels next has to look at this one. */
  #announce(): void {
    wakeUp(this.#wake)
    queueMicrotask(() => this.#listener())
  }
}
