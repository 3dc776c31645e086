import { extname } from 'node:path'
import { DEFAULT_EXEC_ARGV, DEFAULT_TS_RUNNER } from './environment.ts'
import { chooseRunner, tsExecArgv } from './ts-exec-argv.ts'
import type { TsRunner } from './ts-runner.ts'
import { findWorkerFile } from './worker-file.ts'

/** What synckit tells of how it starts a worker. */
export interface WorkerSetup {
  ext: string
  isTs: boolean
  jsUseEsm: boolean
  tsRunner: TsRunner | undefined
  tsUseEsm: boolean
  workerPath: string
  /** Yarn's Plug'n'Play comes along into threads by itself. */
  pnpApiPath: string | undefined
  pnpLoaderPath: string | undefined
  execArgv: string[]
}

/** Which file a worker's path stands for, what loads it, and with which options of Node.js. */
export function setupTsRunner(
  workerPath: string,
  { execArgv = DEFAULT_EXEC_ARGV, tsRunner }: { execArgv?: string[]; tsRunner?: TsRunner } = {},
): WorkerSetup {
  const file = findWorkerFile(workerPath)
  const { path, isTypeScript, isModule } = file
  const runner = isTypeScript ? chooseRunner(file, tsRunner ?? DEFAULT_TS_RUNNER) : tsRunner
  return {
    ext: extname(path),
    isTs: isTypeScript,
    jsUseEsm: isModule && !isTypeScript,
    tsRunner: runner,
    tsUseEsm: isModule && isTypeScript,
    workerPath: path,
    pnpApiPath: undefined,
    pnpLoaderPath: undefined,
    execArgv: isTypeScript ? [...tsExecArgv(file, runner), ...execArgv] : execArgv,
  }
}
