import { Misuse } from '../command/exit-codes.ts'
import { moduleUrl } from '../command/module-url.ts'

/** An exported function of a module. */
export interface Target {
  /** As the user has written it. */
  readonly module: string
  readonly url: string
  readonly name: string
}

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
  return { module, url: moduleUrl(module, folder), name }
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
