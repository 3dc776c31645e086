import type { Adapter } from '@ambisync/core'
import { relay } from '@ambisync/node'
import { adapterName } from './adapter-name.ts'
import { callerCodec } from './caller-codec.ts'
import { type BullmqOptions, checkOptions } from './options.ts'
import type { CallerStart } from './start.ts'

/** What runs on the relay's thread, built as a file beside this one. */
const callerEnd: URL = new URL('./caller-end.js', import.meta.url)

/** How long the end of the process is put off at most for calls that are not in the queue yet, in milliseconds. */
const flushTime = 5_000

/**
 * Has calls run by whoever serves a queue of BullMQ, on any number of machines: see {@link serve}.
 *
 * A loop has two connections to Redis, on a thread of its own, so its caller can block. `loop.load('reports')` names a
 * module that servers have. Calls are jobs: each runs at least once, and their results outlive the caller for as long as
 * `removeOnComplete` and `removeOnFail` say.
 *
 * @throws {TypeError | RangeError} for an option that there is not, or that cannot be right
 * @example const loop = startLoop({ adapter: bullmq({ connection: 'redis://127.0.0.1:6379', queue: 'pages' }) })
 */
export function bullmq(options: BullmqOptions = {}): Adapter {
  const { location, policy, payloadLimit, connectTimeout, reconnectTimeout } = checkOptions(options)
  return {
    name: adapterName,
    capabilities: {
      runsOn: 'other machine',
      modules: 'name',
      survives: ['exit', 'throw', 'out of memory', 'signal', 'crash'],
      durable: true,
    },
    open(open) {
      const start: CallerStart = { name: open.name, location, policy, connectTimeout, reconnectTimeout }
      return relay(callerEnd, { open, adapter: adapterName, start, codec: callerCodec(payloadLimit), flushTime })
    },
  }
}
