import type { TaskFunction } from './protocol.ts'

/** A function as a module of its own: a `data:` URL, and the name of its one export. */
export interface InlineModule {
  readonly specifier: string
  readonly name: string
}

/**
 * Makes a module of a function's source. What stands around the function is not there when it runs.
 *
 * @throws {TypeError} for what has no source that could be sent: native and bound functions, classes, accessors, and
 *   methods that use `super`
 */
export function inlineModule(f: unknown): InlineModule {
  const { name, run } = inlineFunction(f)
  const expression = expressionOf(Function.prototype.toString.call(run), name)
  const source = `${prelude(expression)}
export { run as ${JSON.stringify(name)} }`
  // Bun takes what follows the last dot for the extension of a file, and so for the kind of module.
  const escaped = encodeURIComponent(source).replaceAll('.', '%2E')
  return { specifier: `data:text/javascript;charset=utf-8,${escaped}`, name }
}

/**
 * An inline function as it is, and what it is called in messages.
 *
 * @throws {TypeError} for what is none
 */
export function inlineFunction(f: unknown): { readonly run: TaskFunction; readonly name: string } {
  if (typeof f !== 'function') throw new TypeError(`inline takes a function, not ${f === null ? 'null' : typeof f}`)
  // A module that exports `then` would be taken for a promise.
  const isNamed = typeof f.name === 'string' && f.name !== '' && f.name !== 'then'
  return { run: f as TaskFunction, name: isNamed ? f.name : 'inline function' }
}

/** The source as an expression that gives the function. */
function expressionOf(source: string, name: string): string {
  const refuse = (what: string): never => {
    throw new TypeError(`${name} cannot be sent as source: ${what}; pass a plain function, or load a module`)
  }
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) refuse('it is native, or bound')
  if (/^class\b/.test(source)) refuse('it is a class')
  if (/^(?:static\s+)?(?:get|set)\s+[^(\s]/.test(source)) refuse('it is an accessor')
  if (parses(`(${source})`)) return `(${source})`
  if (/\bsuper\b/.test(source)) refuse('it is a method that uses super')
  const method = `Object.values({ ${source.replace(/^static\s+/, '')} })[0]`
  return parses(method) ? method : refuse('its source is not that of a function')
}

/** Compiles, and does not run. */
function parses(expression: string): boolean {
  try {
    new Function(`return ${expression}`)
    return true
  } catch {
    return false
  }
}

/**
 * What esbuild, and tsx with it, have put into a function to keep the names of those in it: `__name`, and `__name2` where
 * that was done twice.
 */
function nameHelpers(expression: string): string {
  const helpers = new Set(expression.match(/\b__name\d*\b/g))
  const keepName = "(f, value) => Object.defineProperty(f, 'name', { value, configurable: true })"
  return [...helpers].map((helper) => `const ${helper} = ${keepName}\n`).join('')
}

function prelude(expression: string): string {
  return `${nameHelpers(expression)}const f = ${expression}
async function run(...args) {
  try {
    return await f(...args)
  } catch (error) {
    if (error instanceof ReferenceError && / is not defined$/.test(error.message)) {
      const why = ': an inline function is sent as source, without the variables around it; pass what it needs as arguments'
      const { message } = error
      error.message += why
      error.stack = String(error.stack).replace(message, () => error.message)
    }
    throw error
  }
}`
}
