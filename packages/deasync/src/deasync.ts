import type { Adapter } from '@ambisync/core'
import { adapterName } from './adapter-name.ts'
import { DeasyncChannel } from './channel.ts'
import { loadEventLoop } from './event-loop.ts'

/** There are none: what worker threads have options for, such as `env`, is the caller's own here. */
export type DeasyncOptions = Readonly<Record<string, never>>

/**
 * Runs loops in the caller's own thread and realm: arguments, results, errors and inline functions are the very ones. The
 * caller blocks by turning its event loop with the npm package `deasync`, so that everything else goes on meanwhile.
 *
 * Inside a promise job (the top level of an ES module, whatever comes after an `await`) no loop can be turned: blocking
 * there is a `DeadlockError`, before the task begins. It is for CommonJS and for macrotasks.
 *
 * `startLoop` throws `NotSupportedError` where the addon of `deasync` cannot be loaded.
 * @param options none
 * @throws {TypeError} for any option
 * @example const loop = startLoop({ adapter: deasync() })
 */
export function deasync(options: DeasyncOptions = {}): Adapter {
  checkOptions(options)
  return {
    name: adapterName,
    capabilities: {
      runsOn: "caller's thread",
      modules: 'url',
      survives: [],
      callbacks: true,
      streams: true,
      relay: true,
      resident: true,
      closures: true,
    },
    open: (open) => new DeasyncChannel(loadEventLoop(), open),
  }
}

function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) throw new TypeError('deasync takes an object of options, if any')
  const [unknown] = Object.keys(options)
  if (unknown === undefined) return
  throw new TypeError(`"${unknown}" is not an option of deasync; it has none: tasks run in the caller's own thread`)
}
