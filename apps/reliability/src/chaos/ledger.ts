import { AbortError, LoopExitError, type LoopExitEvent, TimeoutError } from '@ambisync/core'
import { type Death, wasKilledForItsGrace } from './deaths.ts'
import type { Target } from './target.ts'

/** What a call may end as, besides with its right answer. */
export interface Allowances {
  /** It has a time limit, so it may end with a `TimeoutError`. */
  readonly expires?: boolean
  /** It is a failure of the task's own, and carries the call's id. */
  readonly fails?: boolean
  /** It is to end the loop that it is on. */
  readonly death?: Death
}

/** One call under way, or over. */
export interface Entry extends Allowances {
  readonly id: number
  /** The loop, or pool, that it is made on. */
  readonly target: string
  readonly what: string
  readonly begun: number
  /** It has a loop of its own, which no other call can end. */
  readonly isAlone: boolean
  /** How many ends of loops had been heard of when it began. */
  readonly exitsBefore: number
  /** The run has cancelled it, so it may end with an `AbortError`. */
  cancelled: boolean
  settled: boolean
}

export interface Totals {
  calls: number
  right: number
  failed: number
  expired: number
  cancelled: number
  diedWithLoop: number
  callbacks: number
  items: number
  restarts: number
  exits: number
  /** Ends of loops that were killed for their grace without being stuck: slow, because the machine is busy. */
  killedThoughNotStuck: number
}

interface SeenExit extends LoopExitEvent {
  readonly target: string
}

/**
 * Every call is entered before it is made, and struck off when it settles: once, as its own right answer, or as an error
 * that the run itself explains. What does not fit is a problem.
 */
export class Ledger {
  readonly totals: Totals = {
    calls: 0,
    right: 0,
    failed: 0,
    expired: 0,
    cancelled: 0,
    diedWithLoop: 0,
    callbacks: 0,
    items: 0,
    restarts: 0,
    exits: 0,
    killedThoughNotStuck: 0,
  }
  readonly #open = new Map<number, Entry>()
  readonly #exits: SeenExit[] = []
  /** Calls that were given up, whose tasks stay stuck until their loop is killed for it, or never got as far. */
  readonly #stuck = new Set<Entry>()
  /** How often each target was restarted. */
  readonly #restarts = new Map<string, number>()
  /** How many ends of each loop a restart has explained. One of a loop that had just died leaves one more than there are. */
  readonly #retired = new Map<string, number>()
  readonly #onProblem: (problem: string) => void

  constructor(onProblem: (problem: string) => void) {
    this.#onProblem = onProblem
  }

  /** Calls that have not settled. */
  get open(): number {
    return this.#open.size
  }

  get oldest(): Entry | undefined {
    for (const entry of this.#open.values()) return entry
    return undefined
  }

  begin({ name, capabilities }: Pick<Target, 'name' | 'capabilities'>, what: string, allowances: Allowances): Entry {
    const id = ++this.totals.calls
    const begun = performance.now()
    const entry = {
      id,
      target: name,
      isAlone: !capabilities.resident,
      what,
      begun,
      exitsBefore: this.#exits.length,
      cancelled: false,
      settled: false,
      ...allowances,
    }
    this.#open.set(id, entry)
    return entry
  }

  returned(entry: Entry, isRight: boolean, shown: () => string): void {
    this.#settle(entry)
    if (!isRight) this.problem(entry, `a wrong answer: ${shown()}`)
    else if (entry.fails || entry.death) this.problem(entry, `an answer where there can be none: ${shown()}`)
    else this.totals.right++
  }

  threw(entry: Entry, error: unknown): void {
    this.#settle(entry)
    if (entry.fails && error instanceof RangeError && 'id' in error && error.id === entry.id) this.totals.failed++
    else if (entry.expires && error instanceof TimeoutError) this.totals.expired++
    else if (entry.cancelled && error instanceof AbortError) this.totals.cancelled++
    else if (error instanceof LoopExitError) this.#diedWithLoop(entry, error)
    else this.problem(entry, `an error that nothing explains: ${describe(error)}`)
    if (entry.death?.name === 'stuck' && !(error instanceof LoopExitError)) this.#stuck.add(entry)
  }

  /** The run is about to have all calls from now on made on a fresh loop. */
  restarted(target: string): void {
    this.totals.restarts++
    this.#restarts.set(target, this.#restartsOf(target) + 1)
  }

  /** A loop has ended: some call that is under way must have provoked just that, or a restart, each of which ends it once. */
  exited(event: LoopExitEvent, target: string): void {
    this.totals.exits++
    this.#exits.push({ ...event, target })
    const provoking = [...this.#open.values(), ...this.#stuck].filter((entry) => entry.target === target)
    const provoker = provoking.find(({ death, id }) => death?.isSeenIn(event, id))
    if (provoker !== undefined) {
      this.#stuck.delete(provoker)
      return
    }
    // Not by the clock: it may be told late, after callbacks that have blocked meanwhile.
    const retired = this.#retired.get(event.loop) ?? 0
    if (event.cause === undefined && retired < this.#restartsOf(target)) {
      this.#retired.set(event.loop, retired + 1)
      return
    }
    const fillsItsHeap = provoking.some(({ death }) => death?.end === 'out of memory')
    if (wasKilledForItsGrace(event)) this.totals.killedThoughNotStuck += fillsItsHeap ? 0 : 1
    else this.#onProblem(`an end of a loop of ${target} that no call has provoked: ${describe(event)}`)
  }

  #restartsOf(target: string): number {
    return this.#restarts.get(target) ?? 0
  }

  /** So many items of a stream have come. */
  received(items: number): void {
    this.totals.items += items
  }

  /** A callback has come for this call, which must be the right one, and under way. */
  calledBack(entry: Entry, isRight: boolean, shown: () => string): void {
    this.totals.callbacks++
    if (entry.settled) this.problem(entry, 'a callback after its end')
    if (!isRight) this.problem(entry, `a wrong callback: ${shown()}`)
  }

  #settle(entry: Entry): void {
    if (entry.settled) this.problem(entry, 'it settled twice')
    entry.settled = true
    this.#open.delete(entry.id)
  }

  /** Its loop, or the member of the pool that it was on, must have ended just so since the call began. */
  #diedWithLoop(entry: Entry, error: LoopExitError): void {
    const { exitCode, signal } = error
    const explains = (exit: SeenExit): boolean =>
      exit.target === entry.target && exit.exitCode === exitCode && exit.signal === signal
    const isExplained = entry.isAlone
      ? entry.death?.isSeenIn(error, entry.id)
      : this.#exits.slice(entry.exitsBefore).some(explains)
    if (isExplained) this.totals.diedWithLoop++
    else this.problem(entry, `the end of a loop that has not ended: ${describe(error)}`)
  }

  problem({ id, what, target }: Entry, problem: string): void {
    this.#onProblem(`call ${id}, ${what} on ${target}: ${problem}`)
  }
}

function describe(value: unknown): string {
  return value instanceof Error ? (value.stack ?? value.message) : JSON.stringify(value)
}
