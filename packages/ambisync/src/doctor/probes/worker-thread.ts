import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Probe } from '../probe.ts'

/** Long enough for a slow machine. */
const patience = 10_000

/** As text, so that no file is needed. */
const source = `
const { workerData } = require('node:worker_threads')
setTimeout(() => {
  workerData.port.postMessage('hello')
  Atomics.store(workerData.word, 0, 1)
  Atomics.notify(workerData.word, 0)
}, 1)
`

export const workerThread: Probe = {
  name: 'worker-threads',
  title: 'worker threads',
  purpose: 'where tasks run by default, while their caller sleeps',
  endsByItself: true,
  async try() {
    const { port1, port2 } = new MessageChannel()
    const word = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(source, { eval: true, workerData: { port: port2, word }, transferList: [port2] })
    try {
      if (Atomics.wait(word, 0, 0, patience) === 'timed-out')
        throw new Error(`a worker did not answer in ${patience} ms`)
      if (receiveMessageOnPort(port1)?.message !== 'hello') throw new Error("a worker's message did not arrive")
      return 'a timer fired and answered in a worker while this thread was asleep'
    } finally {
      port1.close()
      await worker.terminate()
    }
  },
  remedy: () =>
    'Look for what forbids them: "--permission" wants "--allow-worker" as well; some hosts allow none. ' +
    'childProcess() of @ambisync/child-process with { persistent: false } needs no thread.',
}
