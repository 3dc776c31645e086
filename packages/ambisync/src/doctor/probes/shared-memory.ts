import type { Probe } from '../probe.ts'

export const sharedMemory: Probe = {
  name: 'shared-memory',
  title: 'SharedArrayBuffer',
  purpose: 'what a thread that sleeps is woken by',
  endsByItself: true,
  try() {
    const words = new Int32Array(new SharedArrayBuffer(8))
    Atomics.add(words, 1, 42)
    if (Atomics.load(new Int32Array(words.buffer), 1) !== 42) throw new Error('what was written was not read')
    return 'two views see the same memory'
  },
  remedy: () =>
    'Run a Node.js without flags or preloaded modules that take it away (NODE_OPTIONS). In a browser the page has to be ' +
    'cross-origin isolated: the headers COOP "same-origin" and COEP "require-corp".',
}

export const atomicsWait: Probe = {
  name: 'atomics-wait',
  title: 'Atomics.wait on this thread',
  purpose: 'how a caller sleeps while it is blocked',
  endsByItself: true,
  try() {
    const outcome = Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    if (outcome !== 'timed-out') throw new Error(`it answered "${outcome}" where nobody had woken it`)
    return 'slept for 20 ms, and was woken by its time limit'
  },
  remedy: () =>
    'Block in a worker thread in place of this one, or await: ".async" works here. Programs built on a browser do not let ' +
    'their main thread sleep.',
}
