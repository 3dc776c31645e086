import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { getCall } from '@ambisync/core/task'

export async function add(a, b) {
  return a + b
}

export async function echo(value) {
  return value
}

/** Leaves a line for each time that it runs. */
export async function leave(file, line) {
  appendFileSync(file, `${line}\n`)
  return line
}

/** Runs until it is cancelled, or the time is up; tells of both. */
export async function linger(file, ms) {
  const { signal } = getCall()
  appendFileSync(file, 'begun\n')
  try {
    await delay(ms, undefined, { signal })
    appendFileSync(file, 'done\n')
    return ms
  } catch (error) {
    appendFileSync(file, `cancelled: ${signal.reason?.message}\n`)
    throw error
  }
}

/** Fails so many times, and then succeeds. */
export async function failAtFirst(file, times) {
  appendFileSync(file, 'tried\n')
  const tried = readFileSync(file, 'utf8').split('\n').length - 1
  if (tried > times) return tried
  throw Object.assign(new RangeError(`try ${tried}`, { cause: new URL('https://example.org/') }), { tried })
}

export async function pause(ms) {
  await delay(ms)
  return ms
}

export async function exit(code) {
  process.exit(code)
}

/** Never yields. */
export function spin() {
  for (;;);
}

export async function text(length) {
  return 'x'.repeat(length)
}

/** Milliseconds that the call has left. */
export async function remaining() {
  return getCall().deadline - performance.now()
}

export async function ownKey() {
  return getCall().key
}
