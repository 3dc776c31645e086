import { isMainThread, workerData } from 'node:worker_threads'

let calls = 0

export const count = () => ++calls

export function environment() {
  const { argv, execArgv, env } = process
  return { isMainThread, workerData, argv: argv.slice(2), execArgv, env: { ...env } }
}

/** Gives back what it was given, by way of the caller if that has a callback. */
export const echo = async (value, callback) => (callback === undefined ? value : await callback(value))

/** Sends nothing more after it. */
export function speakAndExit(length) {
  process.exitCode = 3
  setImmediate(() => process.exit())
  return 'x'.repeat(length)
}

/** Lists within lists. */
export function nested(levels) {
  let value = []
  for (let level = 1; level < levels; level++) value = [value]
  return value
}

/** A stream of as many pieces as there are lengths. */
export async function* pieces(...lengths) {
  for (const length of lengths) yield new Uint8Array(length).fill(length % 251)
}
