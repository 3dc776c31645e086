import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Misuse } from './exit-codes.ts'

const scheme = /^[a-z][a-z\d+.-]+:/i

/**
 * The URL of a module as the user has written it: a URL, a path, or the name of a package, meant from `folder`.
 *
 * @throws {Misuse} if there is no such file or package
 */
export function moduleUrl(module: string, folder: string): string {
  if (scheme.test(module)) return module
  const path = resolve(folder, module)
  if (existsSync(path)) {
    if (statSync(path).isFile()) return pathToFileURL(path).href
    throw new Misuse(`${module} is no file, but a folder; name the module in it`)
  }
  try {
    return pathToFileURL(createRequire(pathToFileURL(`${folder}/`)).resolve(module)).href
  } catch (cause) {
    throw new Misuse(`there is no module ${module} in ${folder}`, { cause })
  }
}
