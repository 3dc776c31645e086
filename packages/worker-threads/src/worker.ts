import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { type Envelope, Queue, SerializationError, serve, WakeListener, wakeUp } from '@ambisync/core/adapter'
import { listeningHidesMessages, nodeHost, startHost } from '@ambisync/node/host'
import { type Message, toEnvelope } from '@ambisync/node/wire'
import { adapterName } from './adapter-name.ts'
import type { WorkerStart } from './channel.ts'
import { postTo } from './post-to.ts'

startHost<WorkerStart>(({ port, wake }, callerWake) => {
  /** Taken from the port by the event loop and not yet by `poll`. */
  const received = new Queue<Envelope>()
  let wakeListener: WakeListener | undefined
  return serve({
    ...nodeHost,
    adapter: adapterName,
    wake,
    peer: callerWake,
    post(envelope, transfer) {
      postTo(port, envelope, transfer)
      // After the message: the caller looks at the port when the word has changed.
      wakeUp(callerWake)
    },
    poll() {
      if (received.size > 0) return received.shift()
      const next = receiveMessageOnPort(port)
      return next && toEnvelope(next.message)
    },
    onReady(listener) {
      if (listeningHidesMessages) {
        wakeListener = new WakeListener(wake, listener)
        // Waiting for the wake word does not keep a thread alive. A port that is listened to does.
        parentPort?.on('message', () => {})
        return
      }
      port.on('message', (message: Message) => {
        received.push(toEnvelope(message))
        listener()
      })
      // Whose call it was is not known, so nobody could be answered: the loop ends, and everyone is told.
      port.on('messageerror', (cause) => {
        throw new SerializationError('a call could not be read by the loop', { adapter: adapterName, cause })
      })
    },
    ...(listeningHidesMessages && { rest: (seen: number) => wakeListener?.listen(seen) }),
  })
})
