/** The script of a call's process: takes the call from its file, runs it, leaves what comes of it there, and ends. */
import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { createWakeWord, type Envelope, postThrown, SerializationError, serve } from '@ambisync/core/adapter'
import { decodeClone } from '@ambisync/node/clone'
import { beforeTheEnd, nodeHost, writeOutputDirectly } from '@ambisync/node/host'
import { adapterName } from '../adapter-name.ts'
import { exchangeDescriptor, type LifeLineData, pipeDescriptor } from './descriptors.ts'
import { leaveOutcome, takeCall } from './exchange.ts'
import { encodeFrame } from './frame.ts'
import type { LastWords, Order, Outcome } from './outcome.ts'

/** What a terminal sends to all of its processes is for the caller to act on. If that ends, so does this one. */
const signalsOfTheTerminal = ['SIGINT', 'SIGQUIT', 'SIGHUP'] as const

const isEnding = new Int32Array(new SharedArrayBuffer(4))
let isOver = false

const { frame, expiry } = takeCall(exchangeDescriptor)
startLifeLine()
writeOutputDirectly()
for (const signal of signalsOfTheTerminal) process.on(signal, () => {})

beforeTheEnd((code, fatal) => {
  // What goes wrong once it has its outcome is told to nobody else: Node prints it.
  if (isOver) return
  const speak = (thrown: LastWords['thrown']): void => finish({ kind: 'last words', code, thrown })
  if (fatal === undefined) {
    speak(undefined)
  } else {
    postThrown(fatal.thrown, speak)
    // The caller is told. Otherwise Node would print it now.
    process.exit(code)
  }
})

const toDo = envelopes()
serve({
  ...nodeHost,
  adapter: adapterName,
  // Nobody else writes it: nothing comes after the call.
  wake: createWakeWord(),
  post(envelope) {
    if (envelope.kind === 'ready' || isOver) return
    finish({ kind: 'answer', envelope })
    // Not at once: what the host has begun is brought to its end.
    setImmediate(() => process.exit())
  },
  poll: () => toDo.shift(),
  onReady: (listener) => setImmediate(listener),
})

function envelopes(): Envelope[] {
  let order: Order
  try {
    order = decodeClone(frame) as Order
  } catch (cause) {
    const error = new SerializationError('the call could not be read by its process', { adapter: adapterName, cause })
    postThrown(error, (thrown) => finish({ kind: 'answer', envelope: { kind: 'throw', id: 0, thrown } }))
    process.exit()
  }
  process.title = order.loop
  const timeout = expiry === Number.POSITIVE_INFINITY ? {} : { timeout: Math.max(0, expiry - Date.now()) }
  return [order.load, { ...order.call, ...timeout }]
}

/**
 * Leaves the outcome for the caller, and then rings.
 *
 * @throws like `encodeFrame`, or for a disk that is full; nothing was left then
 */
function finish(outcome: Outcome): void {
  const bytes = encodeFrame(outcome, 'result')
  leaveOutcome(exchangeDescriptor, bytes)
  isOver = true
  // Read by the thread that watches the pipe, when that has closed.
  Atomics.store(isEnding, 0, 1)
  try {
    writeSync(pipeDescriptor, '.')
  } catch {
    // The caller is gone.
  }
}

/** It also keeps this process alive while its task waits for something that does not. */
function startLifeLine(): void {
  const workerData: LifeLineData = { isEnding }
  // Nothing of the program's is preloaded there: it runs our few lines only.
  const thread = new Worker(new URL('./life-line.js', import.meta.url), {
    name: 'ambisync-life-line',
    execArgv: [],
    env: {},
    workerData,
  })
  // Without threads, the process still ends with its task.
  thread.on('error', () => setInterval(() => {}, 2 ** 30))
}
