/** A worker that answers over a port of sync-message-port: what its users write themselves. */
import { workerData } from 'node:worker_threads'
import { SyncMessagePort } from 'sync-message-port'
import { dispatch, type TaskName } from './dispatch.js'

const port = new SyncMessagePort(workerData.port)
port.on('message', async ({ name, args }: { readonly name: TaskName; readonly args: readonly unknown[] }) => {
  try {
    port.postMessage({ kind: 'return', value: await dispatch(name, args) })
  } catch (error) {
    port.postMessage({ kind: 'throw', error })
  }
})
