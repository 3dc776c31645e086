/**
 * A thread of the process whose main thread may be stuck, or asleep. It holds the life line: a byte on it wakes the main
 * thread, and when it closes, the caller's process is gone.
 */
import { Socket } from 'node:net'
import { workerData } from 'node:worker_threads'
import { type WakeWord, wakeUp } from '@ambisync/core/adapter'
import { LIFELINE } from './descriptors.ts'

/** How long the main thread has for ending by itself, with its exit handlers, in milliseconds. */
const endLimit = 500

const { wake } = workerData as { readonly wake: WakeWord }
const lifeline = new Socket({ fd: LIFELINE, readable: true, writable: false })
lifeline.on('data', () => wakeUp(wake))
lifeline.on('error', () => {})
lifeline.on('close', () => {
  // It may be asleep for an answer that will never come.
  wakeUp(wake)
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), endLimit)
})
