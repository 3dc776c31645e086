import { cutHostFrames } from './error-content.ts'
import type { Handover } from './handover.ts'

/** What has frames: an error, or an object that `Error.captureStackTrace` wrote to. */
export interface Trace {
  readonly stack?: string
}

/**
 * Where a call was made: gives the frames of the user's code that made it.
 *
 * An asynchronous call takes them when it is made. A blocking one takes them when they are wanted, because its
 * caller is still on the stack then, and so pays nothing for calls that succeed.
 */
export type CallSite = () => Trace

/** JavaScriptCore, of which errors say so: a call in the place of a `return` leaves no frame behind, ours least of all. */
const hasTailCalls: boolean = Object.hasOwn(new Error(), 'line')

/** The frames below the one of `form`, the function that the user called. */
export function takeTrace(form: (...args: never[]) => unknown): Trace {
  if (typeof Error.captureStackTrace !== 'function') return new Error()
  if (hasTailCalls) return { stack: withoutOwnFrames(String(new Error().stack)) }
  const trace = {}
  try {
    Error.captureStackTrace(trace, form)
  } catch {
    // The program's own `Error.prepareStackTrace` threw.
  }
  return trace
}

/** Without the frames at its beginning that are in the folder of the first one, which is this package. */
function withoutOwnFrames(stack: string): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  const folder = /[^\s(]*[/\\](?=[^/\\]*$)/.exec(frames[0] ?? '')?.[0]
  const firstOfUser = frames.findIndex((frame) => folder === undefined || !frame.includes(folder))
  return firstOfUser === -1 ? '' : frames.slice(firstOfUser).join('\n')
}

/** Puts the frames of the call below those of the task, where both have some. */
export function addFrames(error: unknown, site: CallSite, { byReference }: Handover): void {
  if (byReference) addFramesOnce(error, site)
  else if (error instanceof Error) appendFrames(error, error.stack, site)
}

/** Errors of this realm that have their frames. One may be thrown by many calls, and by others than a task before that. */
const complete = new WeakSet<Error>()

/** The user's own error is not to be hurt by that: what it has for a stack may be fixed, or code. */
function addFramesOnce(error: unknown, site: CallSite): void {
  try {
    if (!(error instanceof Error) || complete.has(error)) return
    complete.add(error)
    const descriptor = Object.getOwnPropertyDescriptor(error, 'stack')
    if (descriptor?.configurable) appendFrames(error, cutHostFrames(error.stack), site)
  } catch {
    // It stays as it is.
  }
}

function appendFrames(error: Error, stack: unknown, site: CallSite): void {
  if (typeof stack !== 'string') return
  const frames = framesOf(site())
  if (frames !== '') setStack(error, `${stack}\n${frames}`)
}

/** Makes an error of our own read as if it were thrown where the call was made. */
export function placeAt<E extends Error>(error: E, site: CallSite): E {
  setStack(error, `${error.name}: ${error.message}\n${framesOf(site())}`)
  return error
}

/** The same place, as text. A trace that has not been read yet keeps alive what was called on its frames. */
export function textOf(site: CallSite): CallSite {
  const stack = framesOf(site())
  return () => ({ stack })
}

/** None, where the program has `Error.prepareStackTrace` make something else of a stack, or throw. */
function framesOf(trace: Trace): string {
  try {
    const { stack } = trace
    if (typeof stack !== 'string') return ''
    const start = stack.search(/^\s+at /m)
    return start === -1 ? '' : stack.slice(start).replace(/^\n/, '')
  } catch {
    return ''
  }
}

function setStack(error: Error, stack: string): void {
  Object.defineProperty(error, 'stack', { value: stack, enumerable: false, writable: true, configurable: true })
}
