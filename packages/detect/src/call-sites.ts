import { NotSupportedError } from '@ambisync/core'

/*
 * Frames of the stack, as V8 has them. They are to be had from `Error.prepareStackTrace` alone, which belongs to the
 * program: it may have its own, or none may be set. So they are taken by the `Error` of a realm that nobody else knows,
 * made once; V8 asks the realm of the function that captures.
 */

/**
 * One frame.
 *
 * @see https://v8.dev/docs/stack-trace-api
 */
export interface CallSite {
  getFileName(): string | null | undefined
  getFunctionName(): string | null
  /** Undefined for functions in strict mode. */
  getFunction(): ((...args: never[]) => unknown) | undefined
  getThis(): unknown
  getLineNumber(): number | null
  getColumnNumber(): number | null
  /** In UTF-16 units from the start of the script. */
  getPosition(): number
  /** Where the text of the function begins. For a module or a script, its own beginning. */
  getEnclosingLineNumber(): number | null
  getEnclosingColumnNumber(): number | null
  /** SHA-256 of the script's text in UTF-8, in hex; empty for functions without one. */
  getScriptHash(): string
  isEval(): boolean
  isToplevel(): boolean
  /** It is not on the stack: an async function that waits for what is. */
  isAsync(): boolean
}

type Capture = (form: (...args: never[]) => unknown, limit: number) => readonly CallSite[]

let capture: Capture | undefined

/**
 * The frames below that of `form`, the nearest first; none if there is no function of JavaScript's below it, or it is not
 * on the stack.
 *
 * @throws {NotSupportedError} where the runtime does not have them
 */
export function callSitesBelow(form: (...args: never[]) => unknown, limit: number): readonly CallSite[] {
  capture ??= createCapture()
  return capture(form, limit)
}

// Of `Error` the realm's own, whatever the program adds to `Object.prototype`.
const realm = `
const { Error } = globalThis
let frames
Error.prepareStackTrace = (_, sites) => { frames = sites }
;(form, limit) => {
  const holder = {}
  Error.stackTraceLimit = limit
  Error.captureStackTrace(holder, form)
  // V8 makes the frames when they are asked for.
  holder.stack
  const found = frames
  frames = undefined
  // There are none where the stack has no room left.
  return found ?? []
}`

function createCapture(): Capture {
  try {
    const vm = process.getBuiltinModule('node:vm')
    const created: Capture = vm.runInContext(realm, vm.createContext(Object.create(null), { name: 'ambisync' }))
    // The frame of this very function; on another engine, or with a runtime's own frames, something of it is missing.
    const [site] = (function probe(): readonly CallSite[] {
      return created(probe, 1)
    })()
    if (site?.getScriptHash() !== '' && Number.isInteger(site?.getEnclosingLineNumber())) return created
  } catch (error) {
    // The stack has no room left.
    if (error instanceof RangeError) throw error
  }
  const remedy = 'give the calls a mode, by .with({ mode }), runWithMode, or the option "mode" of the loop'
  throw new NotSupportedError(`this runtime does not say what a caller is, which takes Node.js: ${remedy}`)
}
