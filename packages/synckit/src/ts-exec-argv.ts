import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { DEFAULT_TYPES_NODE_VERSION, NO_STRIP_TYPES, STRIP_TYPES_FLAG, STRIP_TYPES_NODE_VERSION } from './flags.ts'
import { compareNodeVersion } from './node-version.ts'
import { TsRunner } from './ts-runner.ts'
import type { WorkerFile } from './worker-file.ts'

/** What loads a worker: modules that are imported before it, or hooks for `require` or for `import`. */
interface Preloads {
  readonly imported?: readonly string[]
  readonly required?: string
  /** For `register` of `node:module`. */
  readonly hooks?: string
}

type Preloading = Exclude<TsRunner, 'node' | 'bun'>

/**
 * tsx does not come along into worker threads by `--import tsx`: it has to be registered there, for ES modules by its own ES
 * module, since what it has for `require` does not find its hooks. The two of esbuild load no ES modules.
 */
const preloads: Readonly<Record<Preloading, { readonly module?: Preloads; readonly commonjs: Preloads }>> = {
  [TsRunner.TSX]: { module: { imported: ['tsx/esm/api'] }, commonjs: { imported: ['tsx/esm/api', 'tsx/cjs/api'] } },
  [TsRunner.TsNode]: { module: { hooks: 'ts-node/esm' }, commonjs: { required: 'ts-node/register' } },
  [TsRunner.OXC]: {
    module: { imported: ['@oxc-node/core/register'] },
    commonjs: { imported: ['@oxc-node/core/register'] },
  },
  [TsRunner.SWC]: {
    module: { imported: ['@swc-node/register/esm-register'] },
    commonjs: { required: '@swc-node/register' },
  },
  [TsRunner.EsbuildRegister]: { commonjs: { required: 'esbuild-register' } },
  [TsRunner.EsbuildRunner]: { commonjs: { required: 'esbuild-runner/register' } },
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
  const { module, commonjs } = preloads[chosen]
  const preload = file.isModule ? module : commonjs
  if (preload === undefined) {
    throw new Error(`the runner ${chosen} loads no ES modules, and ${file.path} is one: take tsRunner: 'tsx', or 'swc'`)
  }
  const resolve = resolverFor(file, chosen)
  if (preload.required !== undefined) return ['--require', resolve.required(preload.required)]
  return ['--import', `data:text/javascript,${encodeURIComponent(sourceOf(preload, resolve))}`]
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

function isInstalled(file: WorkerFile, name: string): boolean {
  try {
    createRequire(file.path).resolve(name)
    return true
  } catch {
    return false
  }
}

/** Of a module that has the runner load what is imported, and required, after it. */
function sourceOf({ imported = [], hooks }: Preloads, resolve: Resolver): string {
  const urls = imported.map((name) => JSON.stringify(resolve.imported(name)))
  if (hooks !== undefined) {
    return `import { register } from 'node:module'; register(${JSON.stringify(resolve.imported(hooks))})`
  }
  // Those of tsx do nothing by themselves.
  return urls.map((url, index) => `import * as module${index} from ${url}; module${index}.register?.()`).join('; ')
}

/** Finds the modules of a runner where the worker is, which may be far from here. */
interface Resolver {
  /** @returns a URL */
  imported(name: string): string
  /** @returns a path */
  required(name: string): string
}

function resolverFor({ path }: WorkerFile, runner: TsRunner): Resolver {
  const resolve = <T>(name: string, find: () => T): T => {
    try {
      return find()
    } catch (cause) {
      throw new Error(`the runner ${runner} is not installed where ${path} is: ${name} cannot be found`, { cause })
    }
  }
  return {
    imported: (name) => resolve(name, () => loadResolve().resolve(name, pathToFileURL(path).href)),
    required: (name) => resolve(name, () => createRequire(path).resolve(name)),
  }
}

/** A file of its own: most have nothing to find. */
function loadResolve(): typeof import('@ambisync/node/resolve') {
  return createRequire(import.meta.url)('./resolve.cjs')
}
