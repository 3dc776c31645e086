/** Tasks whose every answer shows which call it is for. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Callback } from '@ambisync/core/task'
import { getCall } from '@ambisync/core/task'
import { type Memory, memoryAfterCollection } from '../memory.ts'

export interface Answer<T> {
  readonly id: number
  readonly value: T
}

export async function answer<T>(id: number, value: T): Promise<Answer<T>> {
  return { id, value }
}

export async function answerLater(id: number, ms: number): Promise<Answer<number>> {
  await sleep(ms, undefined, { signal: getCall().signal })
  return { id, value: ms }
}

export async function fail(id: number): Promise<never> {
  throw Object.assign(new RangeError(`failure of ${id}`), { id })
}

/** Asks its caller, `times` times. */
export async function ask(
  id: number,
  times: number,
  f: Callback<(id: number, turn: number) => number>,
): Promise<Answer<number>> {
  let sum = 0
  for (let turn = 0; turn < times; turn++) sum += await f(id, turn)
  return { id, value: sum }
}

/** The same, and blocks its thread meanwhile. */
export function askBlocking(
  id: number,
  times: number,
  f: Callback<(id: number, turn: number) => number>,
): Answer<number> {
  let sum = 0
  for (let turn = 0; turn < times; turn++) sum += f.sync(id, turn)
  return { id, value: sum }
}

export async function* count(id: number, items: number): AsyncGenerator<Answer<number>, void> {
  for (let value = 0; value < items; value++) yield { id, value }
}

export function memory(): Memory {
  return memoryAfterCollection()
}
