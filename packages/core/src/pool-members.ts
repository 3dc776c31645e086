import { CallQueue } from './call-queue.ts'
import { isServing } from './callbacks.ts'
import type { CallRequest, Client, ModuleRef } from './client.ts'
import type { Adapter, Cancel } from './contract.ts'
import { afterDispatch, dispatch } from './dispatch.ts'
import { AmbisyncError, QueueFullError } from './errors.ts'
import type { Runner } from './executor.ts'
import type { Future } from './future.ts'
import { Generations, type GenerationsOptions } from './generations.ts'
import { QueuedCall, type Waiting } from './queued-call.ts'
import { setTimer } from './timer.ts'
import { clock, type Source } from './waiter.ts'

export interface PoolMembersOptions extends GenerationsOptions {
  readonly size: number
  readonly concurrency: number
  readonly maxQueue: number
}

/** The loops of a pool, and the calls that wait for one of them to have time. */
export class PoolMembers implements Runner, Waiting {
  readonly adapter: Adapter
  readonly label: string
  readonly #members: readonly Generations[]
  readonly #concurrency: number
  readonly #maxQueue: number
  readonly #queue = new CallQueue()
  readonly #onProgress: () => void
  #finishing = false
  #isFillDue = false
  #retry: Cancel | undefined

  /** Starts all of them. */
  constructor(options: PoolMembersOptions, onProgress: () => void) {
    this.adapter = options.adapter
    this.label = `the pool "${options.name}" (${options.adapter.name})`
    this.#concurrency = options.concurrency
    this.#maxQueue = options.maxQueue
    this.#onProgress = onProgress
    const members: Generations[] = []
    this.#members = members
    try {
      for (let number = 1; number <= options.size; number++) {
        const member = { ...options, name: `${options.name}-${number}` }
        members.push(new Generations(member, () => this.#progressed()))
      }
    } catch (error) {
      this.finish()
      throw error
    }
  }

  get live(): Iterable<Client> {
    return this.#members.flatMap((loop) => [...loop.live])
  }

  get pendingCalls(): number {
    return this.#members.reduce((count, loop) => count + loop.pendingCalls, this.#queue.size)
  }

  call(request: CallRequest): Future<unknown> {
    const place = this.#placeNow()
    if (place !== undefined) return place.call(request)
    if (this.#queue.size >= this.#maxQueue) {
      const remedy = 'start fewer at the same time (gather with limit does), or give the pool a larger maxQueue'
      const full = `${this.label} has ${this.#queue.size} waiting, which is its maxQueue`
      const message = `${request.name} was not called: ${full}; ${remedy}`
      throw new QueueFullError(message, { adapter: this.adapter.name })
    }
    const call = new QueuedCall(request, this)
    this.#queue.add(call)
    this.#fillSoon()
    return call.future
  }

  preload(module: ModuleRef): void {
    for (const loop of this.#members) loop.preload(module)
  }

  restart(): void {
    const failures: unknown[] = []
    for (const loop of this.#members) {
      try {
        loop.restart()
      } catch (error) {
        failures.push(error)
      }
    }
    this.#fillSoon()
    if (failures.length > 0) throw failures[0]
  }

  finish(): void {
    this.#finishing = true
    this.#finishIfEmpty()
  }

  cancelAll(reason: string): void {
    // The queue first, or its calls would take the places of the others.
    for (const call of this.#queue) call.future.cancel(new Error(reason))
    for (const loop of this.#members) loop.cancelAll(reason)
  }

  rejectAll(reason: (label: string) => AmbisyncError): void {
    dispatch(() => {
      for (const call of this.#queue) {
        this.#queue.remove(call)
        call.fail(reason(call.label))
      }
      this.#finishIfEmpty()
      for (const loop of this.#members) loop.rejectAll(reason)
    })
  }

  hold(): void {
    for (const loop of this.#members) loop.hold()
  }

  release(): void {
    for (const loop of this.#members) loop.release()
  }

  // For the calls in the queue.

  /** Members that may come to the end of a call, or the time at which one may be started again. */
  awaits(): readonly Source[] {
    const sources = this.#members.flatMap((loop) => loop.awaits())
    return sources.length === 0 && this.#retry !== undefined ? [clock] : sources
  }

  whyStuck(label: string): string | undefined {
    const callbacks = this.#members.flatMap((loop) => loop.callbackInTheWay() ?? [])
    const names = [...new Set(callbacks)].join(', ')
    const blocked = `is blocked until ${names} returns, which is waiting for ${label} on that pool`
    if (callbacks.length === this.#members.length) return `every member of ${this.label} ${blocked}`
    const taken = 'has a stream that only this thread can take to its end, or a call whose arguments it is looking at'
    if (callbacks.length === 0) return `${label} waits for ${this.label}, of which every member ${taken}`
    return `every member of ${this.label} ${blocked}, or ${taken}`
  }

  /** Somebody blocks for one of them; there may be a place that nobody has had the time to give away. */
  resume(): void {
    this.#fillSoon()
  }

  left(call: QueuedCall): void {
    this.#queue.remove(call)
    this.#fillSoon()
  }

  #progressed(): void {
    if (this.#queue.size > 0) this.#fillSoon()
    else this.#onProgress()
  }

  /** When the look at the channels is complete: making a call may run code of the user's. */
  #fillSoon(): void {
    if (this.#isFillDue) return
    this.#isFillDue = true
    try {
      afterDispatch(() => {
        this.#isFillDue = false
        this.#fill()
      })
    } catch (error) {
      // The caller's stack is at its end.
      this.#isFillDue = false
      throw error
    }
  }

  /** Begins the calls that there are places for. One of them may get here again. */
  #fill(): void {
    while (this.#queue.size > 0) {
      let place: Client | undefined
      try {
        place = this.#findPlace()
      } catch (error) {
        // No member is there, and none can be started.
        for (const call of this.#queue) {
          this.#queue.remove(call)
          call.fail(error)
        }
        break
      }
      const call = place && this.#queue.take()
      if (place === undefined || call === undefined) break
      call.begin(place)
    }
    this.#finishIfEmpty()
    this.#onProgress()
  }

  /** Those that wait already come first; but not before what one that is under way may be waiting for. */
  #placeNow(): Client | undefined {
    if (this.#members.some(({ current }) => current !== undefined && isServing(current))) {
      return this.#findPlace(Number.POSITIVE_INFINITY)
    }
    return this.#queue.size === 0 ? this.#findPlace() : undefined
  }

  #finishIfEmpty(): void {
    if (!this.#finishing || this.#queue.size > 0) return
    for (const loop of this.#members) loop.finish()
  }

  /**
   * The least busy member that takes one more call; undefined while that has to wait.
   *
   * @throws what members refuse with, where none is busy and none can be started
   */
  #findPlace(concurrency: number = this.#concurrency): Client | undefined {
    const refusing: Generations[] = []
    let refusal: AmbisyncError | undefined
    for (;;) {
      const member = this.#leastBusy(refusing, concurrency)
      if (member === undefined) break
      try {
        return member.running()
      } catch (error) {
        if (!(error instanceof AmbisyncError)) throw error
        refusal = error
        refusing.push(member)
      }
    }
    if (refusal !== undefined) {
      if (this.#members.every((member) => member.unfinishedCalls === 0)) throw refusal
      this.#retryAfter(Math.min(...refusing.map((loop) => loop.pauseBeforeStart)))
    }
    return undefined
  }

  /** Of two that have equally much to do, one that runs, and then the first. */
  #leastBusy(except: readonly Generations[], concurrency: number): Generations | undefined {
    let found: Generations | undefined
    for (const member of this.#members) {
      const busy = member.unfinishedCalls
      if (busy >= concurrency || member.callbackInTheWay() !== undefined || except.includes(member)) continue
      const runs = member.current !== undefined
      if (runs && busy === 0) return member
      if (found === undefined || rank(member) < rank(found)) found = member
    }
    return found
  }

  /** Members that cannot be started now may be later, while the others are busy. */
  #retryAfter(pause: number): void {
    if (pause === Number.POSITIVE_INFINITY || this.#retry !== undefined) return
    this.#retry = setTimer(pause, () => {
      this.#retry = undefined
      this.#fillSoon()
    })
  }
}

/** One that has yet to be started comes after one that has as much to do. */
function rank(member: Generations): number {
  return member.unfinishedCalls + (member.current === undefined ? 0.5 : 0)
}
