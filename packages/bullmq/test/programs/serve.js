/** Serves a queue until it is told to stop. Its argument: options of `serve` as JSON, with the adapter by its name. */
import { serve } from '@ambisync/bullmq'
import { childProcess } from '@ambisync/child-process'
import { workerThreads } from '@ambisync/worker-threads'

const { adapter = 'worker-threads', ...options } = JSON.parse(process.argv[2] ?? '{}')
const adapters = {
  'worker-threads': () => workerThreads(),
  'child-process, one per call': () => childProcess({ persistent: false }),
}

/** @param {unknown} message */
const tell = (message) => {
  if (process.connected) process.send?.(message)
}

try {
  let isClosing = false
  const server = await serve({ ...options, adapter: adapters[adapter](), onEvent: (event) => tell({ event }) })
  process.on('message', async ({ close }) => {
    isClosing = true
    await server.close(close)
    // What would keep the process alive now is something that was left open.
    process.disconnect()
  })
  // A test that has ended without a word leaves nothing behind.
  process.on('disconnect', () => {
    if (!isClosing) process.exit()
  })
} catch (error) {
  tell({ refusal: { name: error.name, message: error.message } })
  process.disconnect()
}
