import { describeType } from './describe-type.ts'
import { Executor, type ExecutorOptions } from './executor.ts'
import { checkLoopOptions, type Loop, type LoopOptions } from './loop.ts'
import { availableParallelism } from './node-parallelism.ts'
import { PoolMembers, type PoolMembersOptions } from './pool-members.ts'

export interface PoolOptions extends LoopOptions {
  /** How many loops: a whole number from 1 up. As many as the machine can run at the same time by default. */
  readonly size?: number | undefined
  /**
   * How many calls a member has at the same time, at most: a whole number from 1 up, or `Infinity`. 1 by default, for
   * work that keeps a thread busy; more is for work that waits. A call that gave a stream counts until its end, and a
   * cancelled one until the member has heard of it.
   */
  readonly concurrency?: number | undefined
  /**
   * How many calls may wait while all members are busy: a whole number from 0 up, or `Infinity`. 100,000 by default.
   * Further ones fail at once with `QueueFullError`.
   */
  readonly maxQueue?: number | undefined
}

/**
 * Background event loops that share the calls among them: each call goes to the least busy one, or waits for one.
 *
 * To its users it is a {@link Loop}, but variables of task modules are not shared by its members, and a call may run
 * on any of them. A member that dies fails the calls it had; those that wait go to the others, and it is started again
 * when it is needed. Arguments are read when a call begins. Stopping waits for the calls that wait, too.
 */
export interface Pool extends Loop {
  /** How many loops it has. */
  readonly size: number
}

/**
 * Starts a pool of background event loops, all of them at once, and returns before they run.
 *
 * `name` is that of the pool; its members are called `name-1`, `name-2`, ….
 * @throws {TypeError | RangeError} for an option that cannot be right
 * @throws {LoopStartError} `ERR_AMBISYNC_LOOP_START` if the adapter could not even begin to start one
 * @example
 * const pool = startPool({ adapter: workerThreads() })
 * const { parse } = pool.load<typeof import('./tasks.js')>(new URL('./tasks.js', import.meta.url))
 * gather(files.map((file) => parse.submit(file))).result()
 */
export function startPool(options: PoolOptions): Pool {
  const checked = checkLoopOptions(options, 'startPool', ['size', 'concurrency', 'maxQueue'])
  const { size, concurrency = 1, maxQueue = 100_000 } = options
  const members = {
    ...checked,
    size: size === undefined ? availableParallelism() : checkCount(size, 'size', 1),
    concurrency: concurrency === Number.POSITIVE_INFINITY ? concurrency : checkCount(concurrency, 'concurrency', 1),
    maxQueue: maxQueue === Number.POSITIVE_INFINITY ? maxQueue : checkCount(maxQueue, 'maxQueue', 0),
  }
  return new MemberPool({ ...members, name: checked.name ?? `pool-${++poolsStarted}` })
}

let poolsStarted = 0

class MemberPool extends Executor implements Pool {
  readonly size: number

  constructor(options: PoolMembersOptions & ExecutorOptions) {
    super(options, (onProgress) => new PoolMembers(options, onProgress))
    this.size = options.size
  }
}

function checkCount(count: unknown, option: string, least: number): number {
  if (typeof count !== 'number') throw new TypeError(`${option} must be a whole number, not ${describeType(count)}`)
  if (Number.isInteger(count) && count >= least) return count
  throw new RangeError(`${option} must be a whole number from ${least} up, not ${count}`)
}
