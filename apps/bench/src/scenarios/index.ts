import type { Scenario } from './scenario.ts'

/** By their names, each imported only where it is needed. */
const files: Readonly<Record<string, () => Promise<{ readonly scenario: Scenario }>>> = {
  number: () => import('./round-trip-number.ts'),
  object: () => import('./round-trip-object.ts'),
  string: () => import('./round-trip-string.ts'),
  bytes: () => import('./round-trip-bytes.ts'),
  objects: () => import('./round-trip-objects.ts'),
  sweep: () => import('./payload-sweep.ts'),
  cold: () => import('./cold.ts'),
  io: () => import('./io.ts'),
  cpu: () => import('./cpu.ts'),
  iteration: () => import('./iteration.ts'),
  callback: () => import('./callback.ts'),
  error: () => import('./error.ts'),
  prettier: () => import('./prettier.ts'),
  http: () => import('./http.ts'),
  busy: () => import('./busy.ts'),
  idle: () => import('./idle.ts'),
  memory: () => import('./memory.ts'),
  'memory-after-calls': () => import('./memory-after-calls.ts'),
}

export const scenarioNames: readonly string[] = Object.keys(files)

/** @throws {RangeError} if there is none of that name */
export async function importScenario(name: string): Promise<Scenario> {
  const file = files[name]
  if (file === undefined) throw new RangeError(`there is no scenario "${name}"`)
  return (await file()).scenario
}
