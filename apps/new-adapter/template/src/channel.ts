import type { Channel, Envelope, Exit, OpenOptions } from '@ambisync/core/adapter'
import type { WorkerOptions } from '@ambisync/node'
import { notFilledIn } from './not-filled-in.ts'

/** The caller's end of the way to one generation of a loop. `Channel` says what each of these has to do. */
export class MyAdapterChannel implements Channel {
  /** Starts the thread of the loop, whose script is `worker.ts`, and returns at once: `LoopWorker` of @ambisync/node. */
  constructor(_options: WorkerOptions, _open: OpenOptions) {
    notFilledIn('src/channel.ts')
  }

  post(_envelope: Envelope): boolean {
    return notFilledIn('src/channel.ts')
  }

  poll(): Envelope | Exit | undefined {
    return notFilledIn('src/channel.ts')
  }

  isDead(): boolean {
    return notFilledIn('src/channel.ts')
  }

  onReady(_listener: () => void): void {
    notFilledIn('src/channel.ts')
  }

  ref(): void {
    notFilledIn('src/channel.ts')
  }

  unref(): void {
    notFilledIn('src/channel.ts')
  }

  kill(): void {
    notFilledIn('src/channel.ts')
  }
}
