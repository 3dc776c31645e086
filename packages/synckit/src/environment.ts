/** What the environment sets for every function that does not say otherwise: the variables of synckit. */
import type { GlobalShim } from './global-shims.ts'
import type { TsRunner } from './ts-runner.ts'

const { SYNCKIT_TIMEOUT, SYNCKIT_EXEC_ARGV, SYNCKIT_GLOBAL_SHIMS, SYNCKIT_TS_RUNNER } = process.env

/** Milliseconds. `SYNCKIT_TIMEOUT`. */
export const DEFAULT_TIMEOUT: number | undefined = SYNCKIT_TIMEOUT ? Number(SYNCKIT_TIMEOUT) : undefined

/** `SYNCKIT_EXEC_ARGV`, with commas between them. */
export const DEFAULT_EXEC_ARGV: string[] = SYNCKIT_EXEC_ARGV?.split(',').filter((word) => word !== '') ?? []

/** `SYNCKIT_TS_RUNNER`. */
export const DEFAULT_TS_RUNNER: TsRunner | undefined = (SYNCKIT_TS_RUNNER || undefined) as TsRunner | undefined

/** `SYNCKIT_GLOBAL_SHIMS`: `1` or `true`. */
export const DEFAULT_GLOBAL_SHIMS: boolean = SYNCKIT_GLOBAL_SHIMS === '1' || SYNCKIT_GLOBAL_SHIMS === 'true'

/** What `globalShims: true` stands for. */
export const DEFAULT_GLOBAL_SHIMS_PRESET: GlobalShim[] = [
  { moduleName: 'node-fetch-native', globalName: 'fetch', named: 'fetch' },
  { moduleName: 'node:perf_hooks', globalName: 'performance', named: 'performance' },
]
