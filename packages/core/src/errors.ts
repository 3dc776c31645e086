/**
 * The errors that ambisync itself raises. What a task throws is never wrapped in one of them.
 *
 * Codes are stable. `instanceof` agrees across copies of this package and across threads, because it goes by a
 * brand under a registered symbol and by the code, not by the identity of the class.
 */
const brand = Symbol.for('ambisync.error')

export interface AmbisyncErrorOptions extends ErrorOptions {
  /** Name of the adapter of the loop concerned, where there is one. */
  readonly adapter?: string | undefined
}

export interface LoopErrorOptions extends AmbisyncErrorOptions {
  /** Exit code of the loop, where there is one. */
  readonly exitCode?: number | undefined
  /** Name of the signal that ended the loop, where there is one. */
  readonly signal?: string | undefined
}

export interface LoopStartErrorOptions extends LoopErrorOptions {
  /** The URL of the module that could not be imported, where that is why. */
  readonly url?: string | undefined
}

/** Base of all errors that ambisync raises. */
export class AmbisyncError extends Error {
  static readonly code: string = 'ERR_AMBISYNC'
  /** Stable identifier, `ERR_AMBISYNC_*`. */
  readonly code: string
  /** Name of the adapter of the loop concerned, where there is one. */
  declare readonly adapter?: string

  constructor(message: string, options: AmbisyncErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = new.target.code
    if (options.adapter !== undefined) this.adapter = options.adapter
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false
    if (Object.prototype.isPrototypeOf.call(this.prototype, value)) return true
    // Of another copy of this package. A class without a code of its own is a user's subclass: only the first test counts.
    if (!Object.hasOwn(this, 'code') || !(brand in value) || !('code' in value)) return false
    return this.code === AmbisyncError.code || this.code === value.code
  }
}

/** A time limit expired: of a wait, which leaves the call running, or of a call, which cancels it. */
export class TimeoutError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_TIMEOUT'
}

/** The call was cancelled; `cause` is the reason that was given. */
export class AbortError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_ABORTED'
}

/** What the errors about the end of a loop have in common. */
class LoopEndError extends AmbisyncError {
  /** Exit code of the loop, where there is one. */
  declare readonly exitCode?: number
  /** Name of the signal that ended the loop, where there is one. */
  declare readonly signal?: string

  constructor(message: string, options: LoopErrorOptions = {}) {
    super(message, options)
    if (options.exitCode !== undefined) this.exitCode = options.exitCode
    if (options.signal !== undefined) this.signal = options.signal
  }
}

/** A loop ended while a call was under way; `cause` is what it died of, where that is known. */
export class LoopExitError extends LoopEndError {
  static override readonly code = 'ERR_AMBISYNC_LOOP_EXIT'
}

/** A loop could not start, or a task module could not be imported; `cause` says why. */
export class LoopStartError extends LoopEndError {
  static override readonly code = 'ERR_AMBISYNC_LOOP_START'
  /** The URL of the module that could not be imported, where that is why. */
  declare readonly url?: string

  constructor(message: string, options: LoopStartErrorOptions = {}) {
    super(message, options)
    if (options.url !== undefined) this.url = options.url
  }
}

/** The loop was stopped by its owner. */
export class LoopStoppedError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_LOOP_STOPPED'
}

/** A blocking wait that nothing could end. */
export class DeadlockError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_DEADLOCK'
}

/** A value cannot cross to the other side; the message has its path. */
export class SerializationError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_SERIALIZATION'
}

/** The adapter, or the runtime, cannot do this. */
export class NotSupportedError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_NOT_SUPPORTED'
}

/** A promise turned up where only a value can be used, in synchronous mode. */
export class AsyncInSyncError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_ASYNC_IN_SYNC'
}

/** A pool has no room for another call, not even in its queue. */
export class QueueFullError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_QUEUE_FULL'
}

/** Nothing is known of the call that was asked for by its id: it was never made, or its result has expired. */
export class UnknownCallError extends AmbisyncError {
  static override readonly code = 'ERR_AMBISYNC_UNKNOWN_CALL'
}

/** The classes by name, for whoever makes an error of ours out of data. */
export const ambisyncErrors: Readonly<Record<string, { readonly prototype: AmbisyncError }>> = {
  AmbisyncError,
  TimeoutError,
  AbortError,
  LoopExitError,
  LoopStartError,
  LoopStoppedError,
  DeadlockError,
  SerializationError,
  NotSupportedError,
  AsyncInSyncError,
  QueueFullError,
  UnknownCallError,
}

// A name on the prototype, as built-in errors have it: minifiers change the name of a class, not this.
for (const [name, { prototype }] of Object.entries(ambisyncErrors)) {
  Object.defineProperty(prototype, 'name', { value: name, configurable: true, writable: true })
}

Object.defineProperty(AmbisyncError.prototype, brand, { value: true })
