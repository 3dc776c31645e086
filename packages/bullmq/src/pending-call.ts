import type { SentCall } from './caller-codec.ts'
import { jobIdOf } from './job-id.ts'

/**
 * A call that is not settled, as the thread with the connection has it. Its states:
 *
 *   queued --> adding --> added --> over
 *      `---------`----------`-- cancelled, or failed
 *
 * One that was attached to is `added` from the beginning: somebody else has.
 */
export class PendingCall {
  readonly id: number
  readonly jobId: string
  readonly sent: SentCall
  /** Name of the module. */
  readonly module: string
  readonly isAttached: boolean
  /** When the caller gives it up, on the clock of Redis. */
  readonly expires: number | undefined
  state: 'queued' | 'adding' | 'added' | 'over'
  /** Settled when its job is in the queue, or was refused. */
  added: Promise<void> = Promise.resolve()
  /**
   * Its job is known to be one of this function. The user may have given the id of another one: then events are only a
   * reason to look.
   */
  isVerified: boolean
  /** What an event has said of it before it was verified: what is to be done then. */
  heard: (() => void) | undefined
  /** When somebody looked at its job last, on the monotonic clock. */
  lookedAt: number = performance.now()
  /** Redis was another one, or had lost something, when it was there again: what is missing is made anew. */
  maybeLost = false
  /** Its job was made a second time. */
  wasAddedAgain = false
  /** Its job was not there, when somebody looked. The event that says why may be still to come. */
  wasMissing = false
  /** An event has said that its job was removed. */
  wasRemoved = false

  constructor(sent: SentCall, module: string, { isAttached, expires }: Pick<PendingCall, 'isAttached' | 'expires'>) {
    this.id = sent.id
    this.jobId = jobIdOf(sent.key)
    this.sent = sent
    this.module = module
    this.isAttached = isAttached
    this.isVerified = isAttached || !sent.keyIsGiven
    this.expires = expires
    this.state = isAttached ? 'added' : 'queued'
  }

  /** What its job is called in a dashboard. */
  get jobName(): string {
    return `${this.module}.${this.sent.name}`
  }
}
