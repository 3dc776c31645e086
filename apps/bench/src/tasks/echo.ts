import type { Callback } from '@ambisync/core/task'

export async function echo(value: unknown): Promise<unknown> {
  return value
}

export function echoInNextTurn(value: unknown): Promise<unknown> {
  return new Promise((resolve) => setImmediate(resolve, value))
}

export function callBack(times: number, f: Callback<() => void>): void {
  for (let time = 0; time < times; time++) f.sync()
}

export async function* yieldItems(count: number): AsyncGenerator<{ readonly id: number }, void> {
  for (let id = 0; id < count; id++) yield { id }
}
