import { receiveMessageOnPort } from 'node:worker_threads'
import { type Envelope, Queue, serve, wakeUp } from '@ambisync/core/adapter'
import { nodeHost, startHost } from '@ambisync/node/host'
import type { WorkerStart } from './channel.ts'

startHost<WorkerStart>(({ port, wake }, callerWake) => {
  const received = new Queue<Envelope>()
  return serve({
    ...nodeHost,
    adapter: 'my-adapter',
    wake,
    post(envelope) {
      port.postMessage(envelope)
      wakeUp(callerWake)
    },
    poll: () => received.shift() ?? receiveMessageOnPort(port)?.message,
    onReady(listener) {
      port.on('message', (envelope: Envelope) => {
        received.push(envelope)
        listener()
      })
    },
  })
})
