import { checkOptionNames, checkTimeout } from '@ambisync/core/options'
import { describe } from './describe.ts'
import { type Location, type LocationOptions, locationOf } from './location.ts'

/** How long BullMQ keeps a job that is over: so many, or an age in seconds. */
export type Retention = number | { readonly age: number; readonly count?: number }

/** The pause before a job that failed is tried again: in milliseconds, or growing with each attempt. */
export type Backoff =
  | number
  | { readonly type: 'fixed' | 'exponential'; readonly delay: number; readonly jitter?: number }

/** Options of `bullmq`. */
export interface BullmqOptions extends LocationOptions {
  /** How often a call is made at most, if what it threw comes of each: a whole number, 1 by default. */
  readonly attempts?: number | undefined
  /** The pause between attempts: none by default. */
  readonly backoff?: Backoff | undefined
  /** From 1, the first, to 2,097,152. Calls without one, the default, come before all that have one. */
  readonly priority?: number | undefined
  /** How long the result of a call is known, for `attach` and for calls of the same id: `{ age: 3_600 }` by default. */
  readonly removeOnComplete?: Retention | undefined
  /** The same for a call that failed: `{ age: 86_400 }` by default. */
  readonly removeOnFail?: Retention | undefined
  /** The most that the arguments of a call, or its result, may take as they are sent, in bytes; 8 MiB by default. */
  readonly payloadLimit?: number | undefined
  /** The longest time to connect, when the loop starts, in milliseconds; 10,000 by default. */
  readonly connectTimeout?: number | undefined
  /**
   * How long the connection may be lost before what is under way fails with `LoopExitError`, in milliseconds; 30,000 by
   * default. Until then calls wait for it.
   */
  readonly reconnectTimeout?: number | undefined
}

/** How the jobs of a loop are made, and kept. */
export interface JobPolicy {
  readonly attempts: number
  readonly backoff?: Backoff
  readonly priority?: number
  readonly removeOnComplete: Retention
  readonly removeOnFail: Retention
}

/** Options with their defaults. */
export interface CheckedOptions {
  readonly location: Location
  readonly policy: JobPolicy
  readonly payloadLimit: number
  readonly connectTimeout: number
  readonly reconnectTimeout: number
}

export const defaultPayloadLimit: number = 8 * 1_024 * 1_024

const names = [
  'connection',
  'queue',
  'prefix',
  'attempts',
  'backoff',
  'priority',
  'removeOnComplete',
  'removeOnFail',
  'payloadLimit',
  'connectTimeout',
  'reconnectTimeout',
] as const satisfies readonly (keyof BullmqOptions)[]

/** The highest number that BullMQ takes. */
const lastPriority = 2 ** 21

/** @throws {TypeError | RangeError} for an option that there is not, or that cannot be right */
export function checkOptions(options: BullmqOptions): CheckedOptions {
  checkOptionNames(options, names, 'bullmq')
  const { attempts = 1, backoff, priority, payloadLimit = defaultPayloadLimit } = options
  const { removeOnComplete = { age: 3_600 }, removeOnFail = { age: 86_400 } } = options
  checkCount(attempts, 'attempts', 1)
  if (backoff !== undefined) checkBackoff(backoff)
  if (priority !== undefined) checkCount(priority, 'priority', 1, lastPriority)
  checkRetention(removeOnComplete, 'removeOnComplete')
  checkRetention(removeOnFail, 'removeOnFail')
  checkCount(payloadLimit, 'payloadLimit', 1)
  return {
    location: locationOf(options),
    policy: {
      attempts,
      removeOnComplete,
      removeOnFail,
      ...(backoff !== undefined && { backoff }),
      ...(priority !== undefined && { priority }),
    },
    payloadLimit,
    connectTimeout: checkConnectTimeout(options.connectTimeout),
    reconnectTimeout: checkTimeout(options.reconnectTimeout ?? 30_000, 'reconnectTimeout'),
  }
}

/** The longest time that a timer of Node.js runs, in milliseconds: some 24 days. */
export const longestTimer: number = 2 ** 31 - 1

/** @throws {TypeError | RangeError} */
export function checkConnectTimeout(timeout: number = 10_000): number {
  checkCount(timeout, 'connectTimeout', 1, longestTimer)
  return timeout
}

/** @throws {TypeError | RangeError} naming the option */
export function checkCount(
  value: unknown,
  option: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`
  const WrongError = typeof value === 'number' ? RangeError : TypeError
  throw new WrongError(`${option} must be a whole number ${range}, not ${describe(value)}`)
}

function checkBackoff(backoff: Backoff): void {
  if (typeof backoff === 'number') {
    checkTimeout(backoff, 'backoff')
    return
  }
  checkOptionNames(backoff, ['type', 'delay', 'jitter'], 'backoff')
  const { type, delay, jitter } = backoff
  if (type !== 'fixed' && type !== 'exponential') {
    throw new TypeError(`backoff.type must be 'fixed' or 'exponential', not ${describe(type)}`)
  }
  if (typeof delay !== 'number') throw new TypeError(`backoff.delay must be a number, not ${describe(delay)}`)
  checkTimeout(delay, 'backoff.delay')
  if (jitter !== undefined && !(Number(jitter) >= 0 && Number(jitter) <= 1)) {
    throw new RangeError(`backoff.jitter must be a number from 0 to 1, not ${describe(jitter)}`)
  }
}

function checkRetention(retention: Retention, option: string): void {
  if (typeof retention === 'object') {
    checkOptionNames(retention, ['age', 'count'], option)
    checkCount(retention.age, `${option}.age`, 1)
    if (retention.count !== undefined) checkCount(retention.count, `${option}.count`, 1)
  } else if (typeof retention === 'number') {
    checkCount(retention, option, 1)
  } else {
    throw new TypeError(
      `${option} must be how many to keep, or { age } in seconds, not ${describe(retention)}: results are had from there`,
    )
  }
}
