/** Source of modules, as synckit makes it for its workers and exports it. Workers here have no need of it. */
import { createRequire } from 'node:module'
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { GlobalShim } from './global-shims.ts'

export function dataUrl(code: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}

export function md5Hash(text: string): string {
  // Every worker would load it otherwise.
  return process.getBuiltinModule('node:crypto').createHash('md5').update(text).digest('hex')
}

/** A statement that loads a module, and, of a shim, one that gives the global to whom it is missing. */
export function encodeImportModule(
  moduleNameOrGlobalShim: GlobalShim | string,
  type: 'import' | 'require' = 'import',
): string {
  const shim: GlobalShim =
    typeof moduleNameOrGlobalShim === 'string' ? { moduleName: moduleNameOrGlobalShim } : moduleNameOrGlobalShim
  const { moduleName, globalName, conditional } = shim
  const named = shim.named?.trim()
  const path = type === 'import' && isAbsolute(moduleName) ? pathToFileURL(moduleName).href : moduleName
  const from = JSON.stringify(path)
  if (!globalName) return type === 'import' ? `import ${from}` : `require(${from})`

  const binding = named ? `{${named}}` : globalName
  const imported = shim.named === null ? `* as ${globalName}` : binding
  const load = type === 'import' ? `import ${imported} from ${from}` : `const ${binding}=require(${from})`
  const set = `globalThis.${globalName}=${named || globalName}`
  return `${load};${conditional === false ? set : `if(!globalThis.${globalName})${set}`}`
}

/** The statements for all of them. For ES modules, the names are resolved from where the worker is. */
export function generateGlobals(
  workerPath: string,
  globalShims: GlobalShim[],
  type: 'import' | 'require' = 'import',
  _execArgv: string[] = [],
): string {
  const { resolve } = createRequire(workerPath)
  const statements = globalShims.map((shim) => {
    const moduleName = type === 'import' ? resolve(shim.moduleName) : shim.moduleName
    return encodeImportModule({ ...shim, moduleName }, type)
  })
  return statements.join(';')
}
