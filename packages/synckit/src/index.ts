export { type AnyFn, createSyncFn, type Syncify, startWorkerThread } from './create-sync-fn.ts'
export {
  DEFAULT_EXEC_ARGV,
  DEFAULT_GLOBAL_SHIMS,
  DEFAULT_GLOBAL_SHIMS_PRESET,
  DEFAULT_TIMEOUT,
  DEFAULT_TS_RUNNER,
} from './environment.ts'
export { extractProperties } from './extract-properties.ts'
export {
  DEFAULT_TYPES_NODE_VERSION,
  EXPERIMENTAL_LOADER_FLAG,
  FEATURE_TYPESCRIPT_NODE_VERSION,
  hasFlag,
  hasImportFlag,
  hasLoaderFlag,
  hasRequireFlag,
  IMPORT_FLAG,
  IMPORT_FLAG_SUPPORTED,
  LOADER_FLAG,
  LOADER_FLAGS,
  MODULE_REGISTER_SUPPORTED,
  MTS_SUPPORTED,
  NO_STRIP_TYPES,
  NO_STRIP_TYPES_FLAG,
  NODE_OPTIONS,
  REQUIRE_ABBR_FLAG,
  REQUIRE_FLAG,
  REQUIRE_FLAGS,
  STRIP_TYPES_FLAG,
  STRIP_TYPES_NODE_VERSION,
  TRANSFORM_TYPES_FLAG,
  TRANSFORM_TYPES_NODE_VERSION,
  TS_ESM_PARTIAL_SUPPORTED,
} from './flags.ts'
export type { GlobalShim } from './global-shims.ts'
export type {
  DataMessage,
  MainToWorkerCommandMessage,
  MainToWorkerMessage,
  PackageJson,
  StdioChunk,
  ValueOf,
  WorkerData,
  WorkerFailureMessage,
  WorkerToMainMessage,
} from './messages.ts'
export { compareNodeVersion, compareVersion, NODE_VERSION, parseVersion } from './node-version.ts'
export type { SynckitOptions } from './options.ts'
export { overrideStdio } from './override-stdio.ts'
export { runAsWorker } from './run-as-worker.ts'
export { dataUrl, encodeImportModule, generateGlobals, md5Hash } from './source-text.ts'
export { TsRunner } from './ts-runner.ts'
export { isFile } from './worker-file.ts'
export { setupTsRunner, type WorkerSetup } from './worker-setup.ts'
