import { setTimeout as delay } from 'node:timers/promises'
import { QueueEvents } from 'bullmq'
import type { Redis } from 'ioredis'
import { eventsKey } from './keys.ts'
import type { Location } from './location.ts'

/** Is told what becomes of jobs, whoever has made them. */
export interface JobListener {
  onCompleted(jobId: string, returned: unknown): void
  onFailed(jobId: string, reason: string): void
  onRemoved(jobId: string): void
  /** There may have been events that nobody was told of. */
  onGap(): void
}

/** The pause before another attempt to read, in milliseconds. */
const pause = 1_000

/** Reads the events of a queue, over a connection of its own, from when it was started until it is closed. */
export class EventReader {
  readonly #redis: Redis
  readonly #location: Location
  readonly #listener: JobListener
  #events: QueueEvents | undefined
  #over = false

  constructor(redis: Redis, location: Location, listener: JobListener) {
    this.#redis = redis
    this.#location = location
    this.#listener = listener
  }

  /** Once it resolves, no later event is missed. */
  async start(): Promise<void> {
    const [last] = await this.#redis.xrevrange(eventsKey(this.#location), '+', '-', 'COUNT', 1)
    if (!this.#over) this.#read(last?.[0] ?? '0-0')
  }

  /** The events are not those that they were: reads from the last one that there is now. */
  async restart(): Promise<void> {
    this.#stopReading()
    await this.start()
    this.#listener.onGap()
  }

  close(): void {
    this.#over = true
    this.#stopReading()
  }

  #read(lastEventId: string): void {
    const { queue, prefix } = this.#location
    const connection = this.#redis.duplicate()
    const events = new QueueEvents(queue, { connection, prefix, lastEventId, skipVersionCheck: true, autorun: false })
    events.on('completed', ({ jobId, returnvalue }) => this.#listener.onCompleted(jobId, returnvalue))
    events.on('failed', ({ jobId, failedReason }) => this.#listener.onFailed(jobId, failedReason))
    events.on('removed', ({ jobId }) => this.#listener.onRemoved(jobId))
    // Its connection is lost and found with the other one.
    events.on('error', () => {})
    this.#events = events
    events.run().catch(() => this.#readAgain(events))
  }

  /** An event that cannot be read, which anybody can make, has ended it. */
  async #readAgain(events: QueueEvents): Promise<void> {
    if (this.#events !== events) return
    await delay(pause, undefined, { ref: false })
    if (this.#events === events && !this.#over) await this.restart().catch(() => this.#readAgain(events))
  }

  #stopReading(): void {
    this.#events?.close().catch(() => {})
    this.#events = undefined
  }
}
