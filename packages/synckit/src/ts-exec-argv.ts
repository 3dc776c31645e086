import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DEFAULT_TYPES_NODE_VERSION, NO_STRIP_TYPES, STRIP_TYPES_FLAG, STRIP_TYPES_NODE_VERSION } from './flags.ts'
import { compareNodeVersion } from './node-version.ts'
import { TsRunner } from './ts-runner.ts'
import type { WorkerFile } from './worker-file.ts'

/** What loads a worker for an ES module and for CommonJS: modules to import or to require before it. */
interface Preloads {
  readonly module: readonly [flag: '--import' | '--require', name: string]
  readonly commonjs: readonly [flag: '--import' | '--require', name: string]
}

const preloads: Readonly<Record<Exclude<TsRunner, 'node' | 'bun' | 'tsx'>, Preloads>> = {
  [TsRunner.TsNode]: { module: ['--import', 'ts-node/esm'], commonjs: ['--require', 'ts-node/register'] },
  [TsRunner.EsbuildRegister]: {
    module: ['--import', 'esbuild-register/loader'],
    commonjs: ['--require', 'esbuild-register'],
  },
  [TsRunner.EsbuildRunner]: {
    module: ['--require', 'esbuild-runner/register'],
    commonjs: ['--require', 'esbuild-runner/register'],
  },
  [TsRunner.OXC]: {
    module: ['--import', '@oxc-node/core/register'],
    commonjs: ['--import', '@oxc-node/core/register'],
  },
  [TsRunner.SWC]: {
    module: ['--import', '@swc-node/register/esm-register'],
    commonjs: ['--require', '@swc-node/register'],
  },
}

/**
 * What Node.js has to be told to load a worker that is written in TypeScript.
 *
 * @throws {Error} if this runtime cannot load it, or the runner is not installed where the worker is
 */
export function tsExecArgv(file: WorkerFile, runner: TsRunner | undefined): readonly string[] {
  const chosen = chooseRunner(file, runner)
  if (chosen === TsRunner.Node) return nodeExecArgv()
  if (chosen === TsRunner.Bun) return []
  if (chosen === TsRunner.TSX) return ['--import', tsxRegistration(file)]
  const { module, commonjs } = preloads[chosen]
  const [flag, name] = file.isModule ? module : commonjs
  const path = resolveFrom(file, name, chosen)
  return [flag, flag === '--import' ? pathToFileURL(path).href : path]
}

/** The one that was asked for, or what there is. */
export function chooseRunner(file: WorkerFile, runner: TsRunner | undefined): TsRunner {
  if (runner !== undefined) return runner
  if (process.versions.bun !== undefined) return TsRunner.Bun
  if (canStripTypes()) return TsRunner.Node
  const installed = [TsRunner.TSX, TsRunner.TsNode].find((runner) => isInstalled(file, runner))
  if (installed !== undefined) return installed
  throw new Error(
    `${file.path} is TypeScript, which Node.js ${process.versions.node} does not load by itself: install tsx, and give the option tsRunner: 'tsx'`,
  )
}

function canStripTypes(): boolean {
  return compareNodeVersion(STRIP_TYPES_NODE_VERSION) >= 0 && !NO_STRIP_TYPES
}

/** To 22.18, from which on 22 does it by itself as well. */
const isBackported = compareNodeVersion('22.18') >= 0 && compareNodeVersion('23') < 0

function nodeExecArgv(): readonly string[] {
  if (compareNodeVersion(STRIP_TYPES_NODE_VERSION) < 0)
    throw new Error(`type stripping is not supported by Node.js ${process.versions.node}`)
  if (NO_STRIP_TYPES) throw new Error('type stripping is disabled explicitly')
  const isDefault = compareNodeVersion(DEFAULT_TYPES_NODE_VERSION) >= 0 || isBackported
  return isDefault ? [] : [STRIP_TYPES_FLAG]
}

/**
 * tsx does not come along into worker threads by `--import tsx`: it has to be registered there, for ES modules by its own ES
 * module, since what it has for `require` does not find its hooks.
 */
function tsxRegistration(file: WorkerFile): string {
  const root = dirname(resolveFrom(file, 'tsx/package.json', TsRunner.TSX))
  const manifest: { exports: Record<string, { import: { default: string } }> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const [modules, commonjs] = ['./esm/api', './cjs/api'].map((name) => {
    const path = manifest.exports[name]?.import.default
    if (path === undefined) throw new Error(`the tsx in ${root} has no ${name}; install a current version`)
    return JSON.stringify(pathToFileURL(join(root, path)).href)
  })
  const source = `import * as modules from ${modules}; import * as commonjs from ${commonjs}; modules.register(); commonjs.register()`
  return `data:text/javascript,${encodeURIComponent(source)}`
}

function isInstalled(file: WorkerFile, name: string): boolean {
  try {
    createRequire(file.path).resolve(name)
    return true
  } catch {
    return false
  }
}

function resolveFrom(file: WorkerFile, name: string, runner: TsRunner): string {
  try {
    return createRequire(file.path).resolve(name)
  } catch (cause) {
    throw new Error(`the runner ${runner} is not installed where ${file.path} is: ${name} cannot be found`, { cause })
  }
}
