import { describeType } from './describe-type.ts'
import { LoopStoppedError } from './errors.ts'
import { checkLoopOptions, type Loop, type LoopOptions, startLoop } from './loop.ts'

/** A loop for whoever needs one at the moment: it runs as long as somebody has a lease of it. */
export interface SharedLoop<L extends Loop = Loop> {
  /**
   * A lease of the loop. The first one starts it; after the last one's end, the next one starts another. So does one
   * that is taken after somebody has stopped the loop.
   *
   * @throws what starting the loop throws, `LoopStartError` for one
   */
  lease(): LoopLease<L>
}

/** The right to use a shared loop. Disposing of it again does nothing. */
export interface LoopLease<L extends Loop = Loop> {
  /**
   * The loop itself, the same for all who share it, so stopping it stops it for all of them. What was loaded from it goes
   * on to work for as long as somebody else has a lease.
   *
   * @throws {LoopStoppedError} `ERR_AMBISYNC_LOOP_STOPPED` once the lease was disposed of, whoever else has one
   */
  readonly loop: L
  /** Gives it back. The last one disposes of the loop, which cancels what is under way. For `using`. */
  [Symbol.dispose](): void
  /** Gives it back. The last one stops the loop, and waits for what is under way. For `await using`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Shares one loop among parts of a program that do not know of one another, plugins for one. Nothing is started yet.
 *
 * @param options those of `startLoop`, or a function that starts the loop, or a pool
 * @throws {TypeError | RangeError} for an option that cannot be right
 * @example
 * const shared = shareLoop({ adapter: workerThreads() })
 * using lease = shared.lease()
 * lease.loop.load<typeof import('./tasks.js')>(url).task.sync()
 */
export function shareLoop(options: LoopOptions): SharedLoop
export function shareLoop<L extends Loop>(start: () => L): SharedLoop<L>
export function shareLoop(options: LoopOptions | (() => Loop)): SharedLoop {
  if (typeof options === 'function') return new LeasedLoop(options)
  checkLoopOptions(options, 'shareLoop')
  const kept = { ...options }
  return new LeasedLoop(() => startLoop(kept))
}

/** One loop, from the first lease of it to the last. */
interface Tenancy<L extends Loop> {
  readonly loop: L
  leases: number
}

class LeasedLoop<L extends Loop> implements SharedLoop<L> {
  readonly #start: () => L
  #tenancy: Tenancy<L> | undefined

  constructor(start: () => L) {
    this.#start = start
  }

  lease(): LoopLease<L> {
    if (this.#tenancy?.loop.state !== 'running') this.#tenancy = undefined
    const tenancy = this.#tenancy ?? { loop: this.#started(), leases: 0 }
    this.#tenancy = tenancy
    tenancy.leases++
    return new Lease(tenancy, () => {
      if (--tenancy.leases > 0) return undefined
      if (this.#tenancy === tenancy) this.#tenancy = undefined
      return tenancy.loop
    })
  }

  #started(): L {
    const loop = this.#start()
    if (typeof loop?.stop === 'function') return loop
    throw new TypeError(`the function given to shareLoop must start a loop, and returned ${describeType(loop)}`)
  }
}

class Lease<L extends Loop> implements LoopLease<L> {
  readonly #tenancy: Tenancy<L>
  /** Gives the loop if this was the last lease. */
  readonly #giveBack: () => L | undefined
  #ending: Promise<void> | undefined

  constructor(tenancy: Tenancy<L>, giveBack: () => L | undefined) {
    this.#tenancy = tenancy
    this.#giveBack = giveBack
  }

  get loop(): L {
    const { loop } = this.#tenancy
    if (this.#ending === undefined) return loop
    const message = `this lease of the loop "${loop.name}" was disposed of; take another one`
    throw new LoopStoppedError(message, { adapter: loop.adapter.name })
  }

  [Symbol.dispose](): void {
    if (this.#ending !== undefined) return
    this.#ending = Promise.resolve()
    this.#giveBack()?.[Symbol.dispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending ??= Promise.resolve(this.#giveBack()?.stop())
    await this.#ending
  }
}
