/** A file of its own in what is built: it has core and the adapter within. */
import { pathToFileURL } from 'node:url'
import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import type { SettledOptions } from './options.ts'
import { tsExecArgv } from './ts-exec-argv.ts'
import { findWorkerFile } from './worker-file.ts'

type Bridge = typeof import('./bridge.ts')

/** Starts the loop of a worker. */
export function createWorkerFunction(path: string, options: SettledOptions): (...args: unknown[]) => unknown {
  const { execArgv, globalShims, timeout, tsRunner } = options
  const file = findWorkerFile(path)
  const loader = file.isTypeScript ? tsExecArgv(file, tsRunner) : []
  const loop = startLoop({
    name: path,
    adapter: workerThreads({ execArgv: [...loader, ...execArgv] }),
    // As synckit does: what a worker prints goes through the caller's own streams.
    output: 'relay',
  })
  const { call } = loop.load<Bridge>(new URL('./bridge.js', import.meta.url))
  const limited = timeout === undefined ? call : call.with({ timeout })
  const worker = file.isModule ? pathToFileURL(file.path).href : file.path
  return (...args) => limited.sync(worker, globalShims, args)
}
