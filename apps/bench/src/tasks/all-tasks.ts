/** Everything that contestants are asked to do, asynchronous as it would be in a program that needs them. */
import type { Callback } from '@ambisync/core/task'
import { countPrimes as countPrimesHere } from './primes.js'

export async function echo(value: unknown): Promise<unknown> {
  return value
}

export async function fail(message: string): Promise<never> {
  throw new RangeError(message)
}

/** As a request would that takes that long, in milliseconds. */
export function sleep(ms: number, value: number): Promise<number> {
  return new Promise((resolve) => setTimeout(resolve, ms, value))
}

export async function countPrimes(limit: number): Promise<number> {
  return countPrimesHere(limit)
}

export async function format(source: string, path: string): Promise<string> {
  return await (await import('./format.js')).format(source, path)
}

export async function fetchText(url: string): Promise<string> {
  return await (await import('./fetch-text.js')).fetchText(url)
}

export async function* items(count: number): AsyncGenerator<number, void> {
  for (let number = 0; number < count; number++) yield number
}

export async function callBack(times: number, f: Callback<(number: number) => number>): Promise<number> {
  let sum = 0
  for (let time = 0; time < times; time++) sum += await f(time)
  return sum
}
