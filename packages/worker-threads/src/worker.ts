import { SerializationError, serve } from '@ambisync/core/adapter'
import { nodeHost, startHost } from '@ambisync/node/host'
import { adapterName } from './adapter-name.ts'
import type { WorkerStart } from './channel.ts'
import { type Message, toEnvelope, toMessage } from './wire.ts'

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
      // Whose call it was is not known, so nobody could be answered: the loop ends, and everyone is told.
      port.on('messageerror', (cause) => {
        throw new SerializationError('a call could not be read by the loop', { adapter: adapterName, cause })
      })
    },
  })
})
