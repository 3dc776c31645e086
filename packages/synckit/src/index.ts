export { createSyncFn, type Syncify } from './create-sync-fn.ts'
export {
  DEFAULT_EXEC_ARGV,
  DEFAULT_GLOBAL_SHIMS,
  DEFAULT_GLOBAL_SHIMS_PRESET,
  DEFAULT_TIMEOUT,
  DEFAULT_TS_RUNNER,
} from './environment.ts'
export { extractProperties } from './extract-properties.ts'
export type { GlobalShim } from './global-shims.ts'
export type { SynckitOptions } from './options.ts'
export { runAsWorker } from './run-as-worker.ts'
export { TsRunner } from './ts-runner.ts'
