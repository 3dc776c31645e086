import type { Output } from './protocol.ts'
import { Queue } from './queue.ts'

/** This thread has streams of its own to write to. */
export function hasOutputStreams(): boolean {
  return typeof globalThis.process?.stdout?.write === 'function'
}

const queue = new Queue<Output>()
let writing = false

/**
 * Writes what a task has printed by `process.stdout.write` or `process.stderr.write`, whatever those are just now. What
 * arrives while one of them runs, because it blocks, is written after that: in order.
 */
export function writeOutput(output: Output): void {
  queue.push(output)
  writeAll()
}

function writeAll(): void {
  if (writing) return
  writing = true
  try {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) write(next)
  } finally {
    writing = false
  }
}

function write({ stream, chunk }: Output): void {
  try {
    process[stream].write(typeof chunk === 'string' ? chunk : asBuffer(chunk))
  } catch (error) {
    console.error(`ambisync: process.${stream}.write threw on what a task printed`, error)
  }
}

/** Those who take the place of `write` expect one, whose `toString` gives the text. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** A loop whose output is relayed, at the end of the process. */
export interface Relay {
  /** The event loop has nothing left to do, and goes on if it is given something. */
  lastTurn(): void
  /** The process ends. Writes what has been printed, and runs nothing else. */
  drainOutput(): void
}

const relays = new Set<Relay>()

const onBeforeExit = (): void => {
  for (const relay of relays) relay.lastTurn()
}
const onExit = (): void => {
  // One of the writes may be what ends the process.
  writing = false
  for (const relay of relays) relay.drainOutput()
  writeAll()
}

/** Has `relay` be looked at when the process ends: a relayed loop does not keep it alive for what it has just sent. */
export function addRelay(relay: Relay): void {
  relays.add(relay)
  if (relays.size > 1) return
  process.on('beforeExit', onBeforeExit)
  process.on('exit', onExit)
}

export function removeRelay(relay: Relay): void {
  if (!relays.delete(relay) || relays.size > 0) return
  process.off('beforeExit', onBeforeExit)
  process.off('exit', onExit)
}
