import type { Adapter } from '@ambisync/core'
import { NotSupportedError } from '@ambisync/core/adapter'
import { adapterName } from '../adapter-name.ts'
import { AtomicsChannel } from '../channel.ts'
import { checkRingSize, defaultRingSize } from '../ring-size.ts'
import { startWebThread } from './web-thread.ts'

export interface AtomicsOptions {
  /** Name of the worker, for debuggers. The loop's name by default. */
  readonly name?: string | undefined
  /**
   * Size of the memory for each of the two directions, in bytes: a power of two from 1,024 to 1,073,741,824; 2,097,152
   * by default. Larger messages go through it in pieces, which takes longer.
   */
  readonly ringSize?: number | undefined
}

/**
 * Runs loops in dedicated workers of a page that is cross-origin isolated. Values cross as bytes in shared memory.
 *
 * `startLoop` throws `NotSupportedError` on any other page, and where there is no `Atomics.waitAsync`. Only dedicated
 * workers may block: on a page's main thread `.sync` is refused, and `.async` works.
 * @param options `name`, and `ringSize`
 * @throws {TypeError} for an option that there is not
 * @throws {RangeError} for a `ringSize` that is not one of those
 * @example const loop = startLoop({ adapter: atomics() })
 */
export function atomics(options: AtomicsOptions = {}): Adapter {
  const { name, ringSize = defaultRingSize } = checkOptions(options)
  checkRingSize(ringSize)
  return {
    name: adapterName,
    capabilities: {
      runsOn: 'web worker',
      modules: 'url',
      survives: ['throw'],
      kill: true,
      callbacks: true,
      streams: true,
      resident: true,
    },
    open(open) {
      checkBrowser()
      return new AtomicsChannel(ringSize, open, (rings) => startWebThread(name ?? open.name, open.wake, rings))
    },
  }
}

function checkOptions(options: AtomicsOptions): AtomicsOptions {
  if (typeof options !== 'object' || options === null) throw new TypeError('atomics takes an object of options')
  const known = ['name', 'ringSize']
  const unknown = Object.keys(options).find((key) => !known.includes(key))
  if (unknown === undefined) return options
  const message = `"${unknown}" is not an option of atomics in a browser; the options are: ${known.join(', ')}`
  throw new TypeError(message)
}

function checkBrowser(): void {
  if (!globalThis.crossOriginIsolated || typeof SharedArrayBuffer !== 'function') {
    throw new NotSupportedError(
      'the atomics adapter needs memory that threads share, which browsers give only to pages that are cross-origin ' +
        'isolated: serve the page, and the scripts of its workers, with the headers "Cross-Origin-Opener-Policy: ' +
        'same-origin" and "Cross-Origin-Embedder-Policy: require-corp"',
      { adapter: adapterName },
    )
  }
  if (!('waitAsync' in Atomics)) {
    const message = 'the atomics adapter needs Atomics.waitAsync, which a later version of this browser has'
    throw new NotSupportedError(message, { adapter: adapterName })
  }
}
