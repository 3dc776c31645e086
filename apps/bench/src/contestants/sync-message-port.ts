import { Worker } from 'node:worker_threads'
import type { Contestant } from './contestant.ts'

type Answer = { readonly kind: 'return'; readonly value: unknown } | { readonly kind: 'throw'; readonly error: unknown }

/** It is a port only: who uses it writes the worker and the protocol, as here. */
export const contestant: Contestant = {
  name: 'sync-message-port',
  kind: 'peer',
  packageName: 'sync-message-port',
  async load() {
    const { SyncMessagePort } = await import('sync-message-port')
    return () => {
      const { port1, port2 } = SyncMessagePort.createChannel()
      const port = new SyncMessagePort(port1)
      const worker = new Worker(new URL('../tasks/dispatch-sync-message-port.js', import.meta.url), {
        workerData: { port: port2 },
        transferList: [port2],
      })
      worker.unref()
      return {
        task:
          (name) =>
          (...args) => {
            port.postMessage({ name, args })
            const answer = port.receiveMessage() as Answer
            if (answer.kind === 'throw') throw answer.error
            return answer.value
          },
      }
    }
  },
}
