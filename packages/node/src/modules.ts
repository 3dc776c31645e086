import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TaskModule } from '@ambisync/core/adapter'

/** A URL's scheme. One letter and a colon are a Windows drive. */
const scheme = /^[a-z][a-z\d+.-]+:/i
const relativePath = /^\.{1,2}([/\\]|$)/
const typescript = /\.[cm]?tsx?\b/

/**
 * What a specifier stands for, as a URL: a URL is itself, a path is meant from `cwd`, and anything else is a bare
 * specifier, resolved as an `import` in a module in `cwd` would be.
 *
 * @see https://nodejs.org/api/esm.html#resolution-algorithm-specification
 */
export async function resolveModule(specifier: string, cwd: string = process.cwd()): Promise<string> {
  if (scheme.test(specifier)) return specifier
  if (relativePath.test(specifier) || isAbsolute(specifier)) return pathToFileURL(resolve(cwd, specifier)).href
  const { resolve: resolveBare } = await import('@ambisync/node/resolve')
  try {
    return resolveBare(specifier, pathToFileURL(`${cwd}/`).href)
  } catch (error) {
    if (existsSync(resolve(cwd, specifier))) {
      const message = `"${specifier}" is taken for the name of a package; for the file in ${cwd} write "./${specifier}"`
      throw new Error(message, { cause: error })
    }
    throw error
  }
}

export async function importModule(url: string): Promise<TaskModule> {
  try {
    // Bundlers leave it alone; webpack has to be told.
    return await import(/* webpackIgnore: true */ url)
  } catch (error) {
    // Anything may be thrown at import, `null` included.
    const isUnknownExtension =
      error instanceof TypeError && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION'
    if (!isUnknownExtension || !typescript.test(error.message)) throw error
    throw new Error(
      `Node.js ${process.versions.node} cannot load TypeScript by itself. Compile the module to JavaScript, or use ` +
        "Node.js 22.18 or later, or install tsx and give the adapter execArgv: ['--import', './register-tsx.js'], " +
        "a file of your own with: import { register } from 'tsx/esm/api'; register(); or import it by jiti in a task " +
        'module of JavaScript',
      { cause: error },
    )
  }
}
