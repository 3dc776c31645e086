/** Tasks of a background loop. They may be asynchronous or not. */

export async function sleep(ms) {
  await new Promise((resolve) => setTimeout(resolve, ms))
  return `slept ${ms} ms`
}

export function factorial(n) {
  return n <= 1n ? 1n : n * factorial(n - 1n)
}
