import { serve } from '@ambisync/core/adapter'
import { nodeHost, startHost } from '@ambisync/node/host'
import type { WorkerStart } from './channel.ts'
import { type Message, toEnvelope, toMessage } from './wire.ts'
import { adapterName } from './worker-threads.ts'

startHost<WorkerStart>(({ port }, wake) => {
  serve({
    ...nodeHost,
    adapter: adapterName,
    post(envelope) {
      port.postMessage(toMessage(envelope))
      // After the message: the caller looks at the port when the word has changed.
      Atomics.add(wake, 0, 1)
      Atomics.notify(wake, 0)
    },
    onEnvelope(listener) {
      port.on('message', (message: Message) => listener(toEnvelope(message)))
    },
  })
})
