import { isMainThread, workerData } from 'node:worker_threads'

export const echo = async (value) => value
export const later = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value))
export const never = () => new Promise(() => setTimeout(() => {}, 2 ** 30))
export const spin = () => {
  for (;;);
}
export const outOfMemory = () => {
  const kept = []
  for (;;) kept.push(new Array(10_000).fill(kept.length))
}
export const environment = async () => ({
  isMainThread,
  workerData,
  argv: process.argv.slice(2),
  execArgv: process.execArgv,
  env: process.env,
})
