import { types } from 'node:util'
import { type CallSite, callSitesBelow } from './call-sites.ts'
import { Script } from './script.ts'

/*
 * What made a call, by the frame below it. Frames that begin where their script begins are the script's own code, a
 * module's, or that of an `eval`; all others are functions.
 */

/** `module` is the top level of an ES module, which may await; `unknown` is native code, or the runtime's own. */
export type CallerKind = FunctionKind | 'module' | 'script' | 'unknown'

export type FunctionKind = 'async function' | 'sync function'

/** By their hashes: the same text can be loaded many times. */
const scripts = new Map<string, Script>()

/** Programs that make functions from text have ever new ones: the oldest is forgotten then. */
const mostScripts = 1_000

/** How many frames of direct `eval`s within one another are looked through. */
const deepestEval = 16

/**
 * What the caller of `form` is.
 *
 * @throws {NotSupportedError} where the runtime does not say
 */
export function kindOfCaller(form: (...args: never[]) => unknown): CallerKind {
  const kind = kindOf(callSitesBelow(form, 1)[0])
  if (kind !== 'eval') return kind
  // The code of an eval belongs to the function that it is in; an indirect one has a native frame in between.
  for (const site of callSitesBelow(form, deepestEval)) {
    const around = kindOf(site)
    if (around !== 'eval' && !isNative(site)) return around
  }
  return 'unknown'
}

function isNative(site: CallSite): boolean {
  return site.getScriptHash() === ''
}

function kindOf(site: CallSite | undefined): CallerKind | 'eval' {
  if (site === undefined) return 'unknown'
  const hash = site.getScriptHash()
  if (hash === '') return 'unknown'
  const script = scriptOf(hash)
  const position = site.getPosition()
  const known = script.kinds.get(position)
  if (known !== undefined) return known
  const kind = judge(site, script)
  // What a script is by itself is not in its text: the same can be a module, a script, and in an eval.
  if (kind === 'async function' || kind === 'sync function') script.kinds.set(position, kind)
  return kind
}

function judge(site: CallSite, script: Script): CallerKind | 'eval' {
  if (site.getFileName()?.startsWith('node:')) return 'unknown'
  if (beginsScript(site)) {
    const kind = kindOfScript(site, script)
    if (kind !== undefined) return kind
  }
  const isAsync = script.isAsync(site)
  if (isAsync === undefined) return 'unknown'
  return isAsync ? 'async function' : 'sync function'
}

function scriptOf(hash: string): Script {
  const known = scripts.get(hash)
  if (known !== undefined) return known
  const script = new Script()
  scripts.set(hash, script)
  const [oldest] = scripts.keys()
  if (scripts.size > mostScripts && oldest !== undefined) scripts.delete(oldest)
  return script
}

/** A function can begin there, too, and then has a name as a rule. */
function beginsScript(site: CallSite): boolean {
  if (site.getEnclosingLineNumber() !== 1 || site.getEnclosingColumnNumber() !== 1) return false
  return site.isEval() || site.getFunctionName() === null
}

/** What a script's own code is; undefined if it is that of a function after all. */
function kindOfScript(site: CallSite, script: Script): CallerKind | 'eval' | undefined {
  // Of a CommonJS module, which is a function; or of a function that is all of its script.
  const f = site.getFunction()
  if (f !== undefined) return types.isAsyncFunction(f) ? 'async function' : 'script'
  if (site.isEval()) return script.isFunction(site) ? undefined : 'eval'
  // A CommonJS module in strict mode is called on its `exports`. Scripts of `vm` have file names, modules have URLs.
  const isModule =
    site.isToplevel() && site.getThis() === undefined && /^[a-z][\w+.-]+:/i.test(site.getFileName() ?? '')
  return isModule ? 'module' : 'script'
}
