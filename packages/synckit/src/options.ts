import {
  DEFAULT_EXEC_ARGV,
  DEFAULT_GLOBAL_SHIMS,
  DEFAULT_GLOBAL_SHIMS_PRESET,
  DEFAULT_TIMEOUT,
  DEFAULT_TS_RUNNER,
} from './environment.ts'
import type { GlobalShim } from './global-shims.ts'
import { TsRunner } from './ts-runner.ts'

/** The options of synckit. */
export interface SynckitOptions {
  /** Node.js's own options for the worker. Default: `SYNCKIT_EXEC_ARGV`, or none. */
  execArgv?: string[]
  /** Globals for the worker; `true` for `fetch` and `performance` where they are missing. Default: `SYNCKIT_GLOBAL_SHIMS`. */
  globalShims?: GlobalShim[] | boolean
  /** Milliseconds for a call. Default: `SYNCKIT_TIMEOUT`, or no limit. */
  timeout?: number
  /** Taken for the sake of synckit's callers: it has nothing to be transferred. */
  transferList?: readonly unknown[]
  /** What loads a worker that is written in TypeScript. Default: `SYNCKIT_TS_RUNNER`, or what the runtime can do. */
  tsRunner?: TsRunner
}

/** All of them settled. */
export interface SettledOptions {
  readonly execArgv: readonly string[]
  readonly globalShims: readonly GlobalShim[]
  readonly timeout: number | undefined
  readonly tsRunner: TsRunner | undefined
}

/** @throws {TypeError} if a time limit or a runner is none */
export function settleOptions(given: SynckitOptions | number = {}): SettledOptions {
  const options = typeof given === 'number' ? { timeout: given } : given
  const { execArgv = DEFAULT_EXEC_ARGV, globalShims = DEFAULT_GLOBAL_SHIMS } = options
  const { timeout = DEFAULT_TIMEOUT, tsRunner = DEFAULT_TS_RUNNER } = options
  if (timeout !== undefined && !(timeout > 0)) {
    throw new TypeError(`timeout must be a number of milliseconds above 0, not ${timeout}`)
  }
  if (tsRunner !== undefined && !Object.values(TsRunner).includes(tsRunner)) {
    throw new TypeError(`Unknown ts runner: ${tsRunner}; there are: ${Object.values(TsRunner).join(', ')}`)
  }
  const shims = globalShims === true ? DEFAULT_GLOBAL_SHIMS_PRESET : globalShims === false ? [] : globalShims
  return { execArgv, globalShims: shims, timeout, tsRunner }
}
