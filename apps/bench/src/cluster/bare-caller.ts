import { type DefaultJobOptions, Queue, QueueEvents } from 'bullmq'
import { connectBare } from './bare-connection.ts'

/** The arguments of a call, and so what has to come of it. */
export type Pair = readonly [number, number]

/** Jobs are kept as long as ours. */
const policy: DefaultJobOptions = { attempts: 1, removeOnComplete: { age: 3_600 }, removeOnFail: { age: 86_400 } }

/**
 * How many events Redis keeps of the queue: all of ten thousand calls, at four each. With the ten thousand that there are by
 * default, who falls behind waits for ever for what was dropped meanwhile.
 */
const events = { maxLen: 60_000 }

/** Calls over a queue as one makes them with BullMQ by itself: adds a job, and waits until it is finished. */
export class BareCaller {
  readonly #queue: Queue
  readonly #events: QueueEvents

  static async connect(url: string, queue: string): Promise<BareCaller> {
    const caller = new BareCaller(url, queue)
    await Promise.all([caller.#queue.waitUntilReady(), caller.#events.waitUntilReady()])
    return caller
  }

  private constructor(url: string, queue: string) {
    this.#queue = new Queue(queue, { connection: connectBare(url), defaultJobOptions: policy, streams: { events } })
    // Each job that is waited for has a listener.
    this.#queue.setMaxListeners(0)
    // From the first one: what comes before it listens, although it is said to be ready, would be waited for for ever.
    this.#events = new QueueEvents(queue, { connection: connectBare(url), lastEventId: '0' })
  }

  async call([a, b]: Pair): Promise<number> {
    const job = await this.#queue.add('add', { a, b })
    return await job.waitUntilFinished(this.#events)
  }

  /** All of them in one command. */
  async callInBulk(pairs: readonly Pair[]): Promise<readonly number[]> {
    const jobs = await this.#queue.addBulk(pairs.map(([a, b]) => ({ name: 'add', data: { a, b } })))
    return await Promise.all(jobs.map((job) => job.waitUntilFinished(this.#events)))
  }
}
