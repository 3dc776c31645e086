import { parse } from 'node:path'
import { Failure, Misuse } from '../command/exit-codes.ts'
import { moduleUrl } from '../command/module-url.ts'

/** Before the `=`: no path, which may have one in it, and no URL. */
const assignment = /^(?<name>[^=/\\:]+)=(?<module>.+)$/

/**
 * The URLs of modules by the names that callers load them by: of `reports=./tasks.js`, or of `./tasks.js`, which is called
 * `tasks`, or else, if it is the only one, as `--name` says.
 *
 * @throws {Misuse} if there is none, or a name is not clear
 * @throws {Failure} if there is no such module
 */
export function namedModules(
  texts: readonly string[],
  onlyName: string | undefined,
  folder: string,
): Readonly<Record<string, string>> {
  if (texts.length === 0) throw new Misuse('name the modules to serve, such as ./tasks.js, or ask by --status')
  if (onlyName !== undefined && texts.length > 1) {
    throw new Misuse(`--name is for one module; of several, write ${onlyName}=${texts[0]} for the one that it is for`)
  }
  const modules = new Map<string, string>()
  for (const text of texts) {
    const { name: given, module = text } = assignment.exec(text)?.groups ?? {}
    if (given !== undefined && onlyName !== undefined) {
      throw new Misuse(`${module} has two names, ${given} and, by --name, ${onlyName}; leave one out`)
    }
    const name = onlyName ?? given ?? nameOfFile(module)
    if (name === '') throw new Misuse(`${module} has no file name to call it by; write NAME=${module}`)
    if (modules.has(name)) throw new Misuse(`two modules are called ${name}; write NAME=${module} for another name`)
    modules.set(name, existing(module, folder))
  }
  return Object.fromEntries(modules)
}

/** Of a URL as of a path: without what a browser would call its query and hash. */
function nameOfFile(module: string): string {
  if (module.startsWith('data:')) return ''
  const path = URL.canParse(module) ? new URL(module).pathname : module
  return parse(path).name
}

/** A module may be written down before it is deployed: that it is not there is no slip of whoever writes the command. */
function existing(module: string, folder: string): string {
  try {
    return moduleUrl(module, folder)
  } catch (error) {
    if (error instanceof Misuse) throw new Failure(error.message, { cause: error })
    throw error
  }
}
