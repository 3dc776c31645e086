import { types } from 'node:util'
import { isResumedForPromises } from './async-driver.ts'
import { type CallSite, callSitesBelow } from './call-sites.ts'
import { readFunction } from './function-text.ts'
import { Script } from './script.ts'

/*
 * What made a call, by the frame below it. A frame that begins where its script begins is the script's own code, a
 * module's, or that of an `eval`; all others are functions.
 */

/** `module` is the top level of an ES module, which may await; `unknown` is native code, or the runtime's own. */
export type CallerKind = FunctionKind | 'module' | 'script' | 'unknown'

export type FunctionKind = 'async function' | 'sync function'

type Form = (...args: never[]) => unknown

/** By their hashes: the same text can be loaded many times. */
const scripts = new Map<string, Script>()

/** Programs that make functions from text have ever new ones: the one is forgotten that came first. */
const mostScripts = 10_000

/** How many frames of direct `eval`s within one another are looked through. */
const deepestEval = 16

/** What this needs of the runtime may have been replaced by something that asks in turn. */
let isBusy = false

/**
 * What the caller of `form` is.
 *
 * @throws {NotSupportedError} where the runtime does not say
 */
export function kindOfCaller(form: Form): CallerKind {
  // Not by destructuring: V8 is slow at iterating over an array of another realm.
  const site = callSitesBelow(form, 1)[0]
  // Called natively from a promise job: what waits for that is not what has called.
  if (site === undefined || site.isAsync() || isBusy) return 'unknown'
  return knownKindOf(site) ?? findKind(site, form)
}

function knownKindOf(site: CallSite): FunctionKind | undefined {
  return scripts.get(site.getScriptHash())?.kinds.get(site.getPosition())
}

function findKind(site: CallSite, form: Form): CallerKind {
  isBusy = true
  try {
    const kind = judge(site, () => callSitesBelow(form, 3).slice(1))
    return kind === 'eval' ? kindAroundEval(form) : kind
  } catch (error) {
    // The stack has no room left. Of what else is thrown, nobody can know: a frame of a realm that keeps to itself, for one.
    if (error instanceof RangeError) throw error
    return 'unknown'
  } finally {
    isBusy = false
  }
}

/** The code of an eval belongs to the function that it is in; an indirect one has a native frame in between. */
function kindAroundEval(form: Form): CallerKind {
  const sites = callSitesBelow(form, deepestEval)
  for (const [index, site] of sites.entries()) {
    const kind = site.isAsync() ? 'unknown' : (knownKindOf(site) ?? judge(site, () => sites.slice(index + 1)))
    if (kind !== 'eval' && site.getScriptHash() !== '') return kind
  }
  return 'unknown'
}

/** @param below the frames below that of `site` */
function judge(site: CallSite, below: () => readonly CallSite[]): CallerKind | 'eval' {
  if (site.getScriptHash() === '' || site.getFileName()?.startsWith('node:')) return 'unknown'
  const script = scriptOf(site)
  // Functions in sloppy mode. That of a generator has yet to tell whether it was an async function once.
  const f = site.getFunction()
  if (f !== undefined && !types.isGeneratorFunction(f)) {
    const kind = types.isAsyncFunction(f) ? 'async function' : 'sync function'
    // A CommonJS module is a function, too.
    return isFirstPlace(site) && isWithoutName(site) ? kind : remember(kind, site, script)
  }
  const place = script.locate(site)
  const beginsScript = place === undefined ? isFirstPlace(site) : place.start === 0
  if (beginsScript && isWithoutName(site)) {
    if (!site.isEval()) return kindOfScript(site, script, place?.text)
    if (place === undefined || !script.isArrowFunction(place.text)) return 'eval'
  }
  if (place === undefined) return 'unknown'
  switch (readFunction(place.text, place.start)) {
    case 'async':
      return remember('async function', site, script)
    case 'sync':
      return remember('sync function', site, script)
    case 'given generator':
      // Whoever resumes it may be another one the next time.
      return isResumedForPromises(below(), scriptOf) ? 'async function' : 'sync function'
    case 'unknown':
      return 'unknown'
  }
}

/** What a script is by itself is not in its text alone, so that is not remembered. */
function remember(kind: FunctionKind, site: CallSite, script: Script): FunctionKind {
  script.kinds.set(site.getPosition(), kind)
  return kind
}

function isFirstPlace(site: CallSite): boolean {
  return site.getEnclosingLineNumber() === 1 && site.getEnclosingColumnNumber() === 1
}

/** As the code of scripts, and of evals, is. */
function isWithoutName(site: CallSite): boolean {
  const name = site.getFunctionName()
  return site.isEval() ? name === 'eval' : name === null
}

function kindOfScript(site: CallSite, script: Script, text: string | undefined): CallerKind {
  // Code that is not strict has a `this`, and a CommonJS module is called on its `exports`.
  if (!site.isToplevel() || site.getThis() !== undefined) return 'script'
  // Modules have URLs as a rule.
  const isModule = text === undefined ? /^[a-z][\w+.-]+:/i.test(site.getFileName() ?? '') : script.isModule(text)
  return isModule ? 'module' : 'script'
}

function scriptOf(site: CallSite): Script {
  const hash = site.getScriptHash()
  const known = scripts.get(hash)
  if (known !== undefined) return known
  const script = new Script()
  scripts.set(hash, script)
  const [oldest] = scripts.keys()
  if (scripts.size > mostScripts && oldest !== undefined) scripts.delete(oldest)
  return script
}
