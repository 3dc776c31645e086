/** What the chaos run does in one step, and how every call comes to be struck off. */
import { type Future, gather } from '@ambisync/core'
import type { Random } from '../random-numbers.ts'
import { type CallContext, type PreparedCall, prepareAnswer, prepareCall, prepareDeath } from './calls.ts'
import { chooseByWeight } from './choose-by-weight.ts'
import type { Ledger } from './ledger.ts'
import type { Target } from './target.ts'

/** A call by `submit` that nobody has waited for yet. */
interface Kept extends PreparedCall {
  readonly future: Future<unknown>
}

/** Something that a step may do. */
interface Action {
  /** How often it is chosen, beside the others. */
  readonly weight: number
  readonly run: (random: Random) => void
}

/** How many calls may be under way before some are waited for; fewer, where each is a process. */
const mostOpen = 60
const mostProcesses = 8
/** Of a hundred calls, how many are given a time limit, and how many of those by `submit` are cancelled. */
const limited = 12
const cancelled = 12
/** The longest time limit, and the longest time until a call is cancelled, in milliseconds. */
const longestLimit = 20
/** The time limit of a call that gets stuck, in milliseconds. */
const stuckLimit = 100

export class Load {
  readonly #ledger: Ledger
  readonly #targets: readonly Target[]
  readonly #most: number
  readonly #actions: readonly Action[]
  readonly #kept: Kept[] = []

  constructor(ledger: Ledger, targets: readonly Target[]) {
    this.#ledger = ledger
    this.#targets = targets
    const isResident = targets.every(({ capabilities }) => capabilities.resident)
    this.#most = isResident ? mostOpen : mostProcesses
    this.#actions = [
      { weight: 30, run: (random) => this.#block(this.#prepare(random)) },
      { weight: 18, run: (random) => this.#await(this.#prepare(random)) },
      { weight: 3, run: (random) => this.#awaitUntil(random(longestLimit), this.#prepare(random)) },
      { weight: 20, run: (random) => void this.#submit(this.#prepare(random)) },
      { weight: 4, run: (random) => this.#submitAndCancel(random) },
      { weight: 15, run: (random) => this.#waitForKept(random) },
      { weight: 6, run: (random) => this.#gather(random) },
      { weight: 4, run: (random) => this.#iterateBlocking(random) },
      { weight: 4, run: (random) => void this.#iterateAwaiting(random) },
      { weight: 1, run: (random) => this.#restart(random) },
      // A death takes nothing along where each call is a process.
      { weight: isResident ? 3 : 30, run: (random) => this.#kill(random) },
    ]
  }

  /** Nothing but the event loop can settle one of the calls under way, and there are enough of them. */
  get isFull(): boolean {
    return this.#ledger.open >= this.#most && this.#kept.length === 0
  }

  /** Makes calls of one kind, in one form, and may block; or waits for one, if there are enough under way. */
  step(random: Random): void {
    if (this.#ledger.open >= this.#most) this.#waitForKept(random)
    else chooseByWeight(random, this.#actions).run(random)
  }

  /** Takes back, or waits for, all that was not waited for yet. */
  finish(): void {
    for (const { future } of this.#kept.splice(0)) future.outcome()
  }

  #prepare(random: Random): PreparedCall {
    const context = this.#context(random)
    const call = prepareCall(context)
    return context.expires ? withLimit(call, 1 + random(longestLimit)) : call
  }

  #context(random: Random): CallContext {
    const target = pick(random, this.#targets)
    const callElsewhere = (): void => {
      // Where tasks run on this very thread, a wait inside a wait ends after it.
      if (target.capabilities.runsOn === "caller's thread") return
      const others = this.#targets.filter((other) => other !== target && !other.waits)
      if (others.length > 0) this.#block(prepareAnswer({ ...context, target: pick(random, others), expires: false }))
    }
    const context = { random, ledger: this.#ledger, target, callElsewhere, expires: random(100) < limited }
    return context
  }

  #block(call: PreparedCall): void {
    this.#settle(call, () => call.task.sync(...call.args))
  }

  #await(call: PreparedCall): void {
    call.task.async(...call.args).then(
      (value) => this.#settle(call, () => value),
      (error) => this.#settle(call, () => rethrow(error)),
    )
  }

  /** The caller's signal is aborted after `delay` milliseconds, if the call is not over by then. */
  #awaitUntil(delay: number, call: PreparedCall): void {
    const controller = new AbortController()
    this.#await({ ...call, task: call.task.with({ signal: controller.signal }) })
    setTimeout(() => {
      call.entry.cancelled = true
      controller.abort()
    }, delay)
  }

  #submit(call: PreparedCall): Kept {
    const kept = { ...call, future: call.task.submit(...call.args) }
    kept.future.addDoneCallback((future) => this.#settle(call, () => future.result()))
    this.#kept.push(kept)
    return kept
  }

  /** At once, or at some point of its way. */
  #submitAndCancel(random: Random): void {
    const { entry, future } = this.#submit(this.#prepare(random))
    const cancel = (): void => {
      entry.cancelled = true
      future.cancel(new Error('the run cancels it'))
    }
    if (random(2) === 0) cancel()
    else setTimeout(cancel, random(10))
  }

  /** The one that has waited for longest: with or without a limit for the wait, which leaves it where it is, or cancels it. */
  #waitForKept(random: Random): void {
    const kept = this.#kept.shift()
    if (kept === undefined) return
    const { future, entry } = kept
    const choice = random(100)
    if (choice < cancelled) {
      entry.cancelled = true
      future.cancel()
    } else if (choice < 40) {
      try {
        future.result({ timeout: random(10) })
      } catch {
        // Its done callback judges what it gave, and has run by now if the call is over.
      }
      if (!future.done()) this.#kept.push(kept)
      return
    } else {
      future.outcome()
    }
    if (!entry.settled && !entry.cancelled) this.#ledger.problem(entry, 'its done callback has not run after the wait')
  }

  /** Several at once, waited for by blocking: each must have its own answer at its own place. */
  #gather(random: Random): void {
    const calls = Array.from({ length: 2 + random(6) }, () => this.#submit(this.#prepare(random)))
    this.#kept.splice(-calls.length)
    const futures = calls.map(({ future }) => future)
    const outcomes = gather(futures, { returnExceptions: true }).result()
    for (const [index, { entry, future, isRight }] of calls.entries()) {
      const outcome = outcomes[index]
      if (!entry.settled) this.#ledger.problem(entry, 'its done callback has not run after the gather')
      else if (outcome?.status !== future.state) this.#ledger.problem(entry, `gathered as ${outcome?.status}`)
      else if (outcome.status === 'fulfilled' && !isRight(outcome.value)) {
        this.#ledger.problem(entry, 'gathered at a wrong place')
      }
    }
  }

  #kill(random: Random): void {
    const call = prepareDeath(this.#context(random))
    if (call === undefined) return
    const limited = call.entry.expires ? withLimit(call, stuckLimit) : call
    const form = random(3)
    if (form === 0) this.#block(limited)
    else if (form === 1) this.#await(limited)
    else this.#submit(limited)
  }

  /** Calls under way end where they are. */
  #restart(random: Random): void {
    const { name, loop } = pick(random, this.#targets)
    this.#ledger.restarted(name)
    loop.restart()
  }

  #iterateBlocking(random: Random): void {
    const stream = this.#prepareStream(random)
    if (stream === undefined) return
    this.#settle(stream, () => {
      const items: unknown[] = []
      for (const item of stream.task.sync(...stream.args) as Iterable<unknown>) {
        if (items.length === stream.most) break
        items.push(item)
      }
      this.#ledger.received(items.length)
      return items
    })
  }

  async #iterateAwaiting(random: Random): Promise<void> {
    const stream = this.#prepareStream(random)
    if (stream === undefined) return
    const items: unknown[] = []
    try {
      for await (const item of stream.task.async(...stream.args) as unknown as AsyncIterable<unknown>) {
        if (items.length === stream.most) break
        items.push(item)
      }
    } catch (error) {
      this.#settle(stream, () => rethrow(error))
      return
    }
    this.#ledger.received(items.length)
    this.#settle(stream, () => items)
  }

  /** Read to its end, or left before that. */
  #prepareStream(random: Random): (PreparedCall & { readonly most: number }) | undefined {
    const { target, expires } = this.#context(random)
    if (!target.capabilities.streams) return undefined
    const length = random(600)
    const most = random(2) === 0 ? length : random(600)
    const readAhead = random(3) === 0 ? 0 : 1 + random(300)
    const entry = this.#ledger.begin(target, 'count', { expires })
    const task = target.task('answering', 'count').with({ readAhead })
    const isRight = (items: unknown): boolean =>
      Array.isArray(items) &&
      items.length === Math.min(most, length) &&
      items.every(({ id, value }, index) => id === entry.id && value === index)
    const call = { entry, task, args: [entry.id, length], isRight }
    return { ...(expires ? withLimit(call, 1 + random(longestLimit)) : call), most }
  }

  /** Strikes a call off by what `outcome` gives or throws. */
  #settle({ entry, isRight }: PreparedCall, outcome: () => unknown): void {
    let value: unknown
    try {
      value = outcome()
    } catch (error) {
      this.#ledger.threw(entry, error)
      return
    }
    this.#ledger.returned(entry, isRight(value), () => JSON.stringify(value)?.slice(0, 200) ?? String(value))
  }
}

function rethrow(error: unknown): never {
  throw error
}

function withLimit(call: PreparedCall, timeout: number): PreparedCall {
  return { ...call, task: call.task.with({ timeout }) }
}

function pick<T>(random: Random, choices: readonly T[]): T {
  const picked = choices[random(choices.length)]
  if (picked === undefined) throw new RangeError('there is nothing to choose from')
  return picked
}
