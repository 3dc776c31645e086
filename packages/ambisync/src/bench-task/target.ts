import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Misuse } from '../command/exit-codes.ts'

/** An exported function of a module. */
export interface Target {
  /** As the user has written it. */
  readonly module: string
  readonly url: string
  readonly name: string
}

const scheme = /^[a-z][a-z\d+.-]+:/i

/**
 * What `./tasks.js#fetchText` stands for. Paths, and the names of packages, are meant from `folder`.
 *
 * @throws {Misuse} if it names no function, or there is no such file or package
 */
export function parseTarget(text: string, folder: string): Target {
  const hash = text.lastIndexOf('#')
  const module = hash < 0 ? text : text.slice(0, hash)
  const name = hash < 0 ? '' : text.slice(hash + 1)
  if (module === '' || name === '') {
    throw new Misuse(`"${text}" has to name a module and a function that it exports, such as ./tasks.js#fetchText`)
  }
  return { module, url: urlOf(module, folder), name }
}

function urlOf(module: string, folder: string): string {
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

/**
 * The arguments that the function is to be called with.
 *
 * @throws {Misuse} if they are not a list in JSON
 */
export function parseArguments(text: string): readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Misuse(`--args is no JSON: ${why}. Quote it for your shell: --args '["https://example.com"]'`)
  }
  if (Array.isArray(value)) return value
  throw new Misuse(`--args has to be a list, one entry for each argument: --args '[${JSON.stringify(value)}]'`)
}
