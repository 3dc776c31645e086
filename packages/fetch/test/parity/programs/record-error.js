// An error as data: which class it is an instance of, by identity, and all that it says, down its chain of causes.
import * as core from '@ambisync/core'
import { errors } from 'undici'
import { ofTheMoment, recordBytes, recordText } from './record-value.js'

const known = new Map([
  ...Object.entries(core)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Error)
    .map(([name, Class]) => [Class.prototype, `ambisync ${name}`]),
  ...Object.entries(errors).map(([name, Class]) => [Class.prototype, `undici ${name}`]),
  ...[Error, TypeError, RangeError, SyntaxError, AggregateError, DOMException].map((Class) => [
    Class.prototype,
    Class.name,
  ]),
])

/** What was thrown, which may be anything. */
export function recordError(thrown) {
  if (!(thrown instanceof Error)) return { thrown: recordOwn(thrown) }
  const own = {}
  for (const key of Object.keys(thrown).sort()) {
    if (!['cause', 'errors', 'name', 'message', 'code'].includes(key))
      own[key] = ofTheMoment.includes(key) ? 'varies' : recordOwn(thrown[key])
  }
  return {
    class: classOf(thrown),
    name: thrown.name,
    message: recordText(thrown.message),
    code: thrown.code ?? null,
    own,
    cause: 'cause' in thrown && thrown.cause !== undefined ? recordError(thrown.cause) : null,
    errors: Array.isArray(thrown.errors) ? thrown.errors.map(recordError) : null,
  }
}

// Classes within Node that nobody can name count as the nearest that one can.
function classOf(error) {
  let prototype = Object.getPrototypeOf(error)
  while (prototype !== null && !known.has(prototype)) prototype = Object.getPrototypeOf(prototype)
  return prototype === null ? 'no known class' : known.get(prototype)
}

function recordOwn(value, depth = 0) {
  if (typeof value === 'string') return recordText(value)
  if (value instanceof Uint8Array) return recordBytes(value)
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  if (value instanceof Error) return recordError(value)
  if (depth > 4) return 'deeper'
  const entries = Object.entries(value)
  return Object.fromEntries(
    entries.map(([key, each]) => [key, ofTheMoment.includes(key) ? 'varies' : recordOwn(each, depth + 1)]),
  )
}

/** One line, for the table of cases: what went wrong, without the words. */
export function outcomeOfError({ class: name, code, cause, thrown }) {
  if (name === undefined) return `throws ${JSON.stringify(thrown)}`
  const own = `${name}${typeof code === 'string' ? ` ${code}` : ''}`
  return cause === null ? own : `${own} < ${outcomeOfError(cause)}`
}
