import type { Dispatcher } from 'undici'
import { createDispatcher } from './dispatcher.ts'
import type { ConnectionOptions } from './options.ts'

/**
 * Connections that many fetches share. undici's `close` waits for requests, but a fetch may have another one to make: after
 * a redirect, or where an attempt has failed. So it comes when no fetch is under way.
 */
export class SharedDispatcher {
  readonly #dispatcher: Dispatcher
  #underWay = 0
  #isClosing = false

  constructor(options: ConnectionOptions | undefined) {
    this.#dispatcher = createDispatcher(options)
  }

  async use<R>(fetch: (dispatcher: Dispatcher) => Promise<R>): Promise<R> {
    this.#underWay++
    try {
      return await fetch(this.#dispatcher)
    } finally {
      this.#underWay--
      this.#closeIfUnused()
    }
  }

  /** Bodies that are being received go on to their end. */
  close(): void {
    this.#isClosing = true
    this.#closeIfUnused()
  }

  /** What is under way fails. */
  destroy(): void {
    void this.#dispatcher.destroy().catch(() => {})
  }

  #closeIfUnused(): void {
    if (this.#isClosing && this.#underWay === 0) void this.#dispatcher.close().catch(() => {})
  }
}
