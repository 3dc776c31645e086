import type { Dual, Loop, Tasks } from '@ambisync/core'
import type { Capabilities } from '@ambisync/core/adapter'

export type AnyTask = Dual<(...args: unknown[]) => unknown>

/** A loop, or a pool, that calls are made on. */
export class Target {
  readonly name: string
  readonly loop: Loop
  readonly capabilities: Capabilities
  readonly #modules: Readonly<Record<'answering' | 'dying', Tasks<Record<string, (...args: unknown[]) => unknown>>>>
  #waiting = 0

  constructor(name: string, loop: Loop) {
    this.name = name
    this.loop = loop
    this.capabilities = loop.adapter.capabilities
    this.#modules = {
      answering: loop.load(new URL('../tasks/answering.js', import.meta.url)),
      dying: loop.load(new URL('../tasks/dying.js', import.meta.url)),
    }
  }

  /** One of its threads is blocked until a callback that runs now returns: to wait for it would be a deadlock. */
  get waits(): boolean {
    return this.#waiting > 0
  }

  whileItWaits<R>(run: () => R): R {
    this.#waiting++
    try {
      return run()
    } finally {
      this.#waiting--
    }
  }

  task(module: 'answering' | 'dying', name: string): AnyTask {
    const task = this.#modules[module][name]
    if (task === undefined) throw new TypeError(`there is no task "${name}"`)
    return task
  }
}
