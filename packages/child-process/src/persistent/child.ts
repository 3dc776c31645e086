/** The script of the process: serves calls on its main thread. */
import { Worker } from 'node:worker_threads'
import { createWakeWord, postThrown, SerializationError, serve } from '@ambisync/core/adapter'
import { encodeClone } from '@ambisync/node/clone'
import { beforeTheEnd, nodeHost, relayOutput, writeOutputDirectly } from '@ambisync/node/host'
import { adapterName } from '../adapter-name.ts'
import { CallerLink } from './caller-link.ts'
import { cloneVersion } from './codec.ts'
import { FAILURE, FATAL, frameOf, headLength, writeHead } from './frames.ts'
import type { ChildStart } from './start.ts'

/** What a terminal sends to all of its processes is for the caller to act on. If that ends, so does this one. */
const signalsOfTheTerminal = ['SIGINT', 'SIGQUIT', 'SIGHUP'] as const

/** Ends the process by an exception that the caller is told of. */
let dieOf: (error: Error) => never = gone

const link = new CallerLink(unreadable, gone)
const start = JSON.parse(link.readStart()) as ChildStart
if (start.cloneVersion === cloneVersion()) run()
else refuse()

function run(): void {
  process.title = start.name
  for (const signal of signalsOfTheTerminal) process.on(signal, () => {})
  dieOf = beforeTheEnd((code, fatal) => {
    if (fatal === undefined) return
    postThrown(fatal.thrown, (encoded) => {
      const frame = encodeClone(encoded, headLength)
      writeHead(frame, FATAL)
      link.write(frame)
    })
    // Otherwise Node prints what the caller is told.
    process.exit(code)
  })
  const wake = createWakeWord()
  const loop = serve({
    ...nodeHost,
    adapter: adapterName,
    wake,
    post: (envelope) => link.post(envelope),
    poll: () => link.poll(),
    onReady: (listener) => link.onReady(listener),
    fallAsleep: () => link.fallAsleep(),
  })
  // No task has run yet: the first envelope is taken in when the event loop turns.
  if (start.output === 'relay') relayOutput(loop)
  else writeOutputDirectly()
  watch(wake)
}

function watch(wake: Int32Array<SharedArrayBuffer>): void {
  const options = { name: 'ambisync-watcher', workerData: { wake }, env: {}, execArgv: [] }
  const watcher = new Worker(new URL('./watcher.js', import.meta.url), options)
  watcher.unref()
  watcher.on('error', (cause) => {
    throw new Error('the thread that watches for the end of the caller failed', { cause })
  })
}

function unreadable(cause: unknown): void {
  // Not thrown: a task that blocks this thread might catch it.
  dieOf(new SerializationError('a call could not be read by the loop', { adapter: adapterName, cause }))
}

/** The caller's process has ended, and with it whoever wanted something of this one. */
function gone(): never {
  process.exit()
}

function refuse(): void {
  const why = `execPath is Node.js ${process.version}, whose structured clone is another version than the caller's; use the same`
  link.write(frameOf(FAILURE, new TextEncoder().encode(why)))
  process.exitCode = 1
}
