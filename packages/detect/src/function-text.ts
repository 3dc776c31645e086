import tokensOf from 'js-tokens'

/*
 * What a function is, by how its text begins: V8 says where that is, with the word `async` included. The text is not
 * parsed: what comes after the first few words does not matter.
 */

/**
 * `given generator`: a generator function that is an argument, as those are that compilers make of async functions. By
 * its text alone it may be any.
 */
export type FunctionText = 'async' | 'sync' | 'given generator' | 'unknown'

/** What the function is whose text begins at `start`. */
export function readFunction(source: string, start: number): FunctionText {
  try {
    // V8 makes no copy for a slice.
    const words = wordsOf(source.slice(start))
    const before = source.slice(Math.max(0, start - reach), start)
    const first = words.next().value
    switch (first) {
      case undefined:
        // The text has been taken away.
        return 'unknown'
      case 'async':
        return isAsyncAfter(words) ? 'async' : 'sync'
      case 'function':
        if (words.next().value !== '*') return lowered.test(before) ? 'unknown' : 'sync'
        return named.test(before) ? 'async' : given.test(before) ? 'given generator' : 'sync'
      default:
        return 'sync'
    }
  } catch (error) {
    // So long a comment that there is no room on the stack to match it.
    if (error instanceof RangeError) return 'unknown'
    throw error
  }
}

/** Whether a text begins with an arrow function. Then that may be all of it. */
export function beginsWithArrowFunction(source: string): boolean {
  const words = wordsOf(source)
  let first = words.next().value
  if (first === 'async') first = words.next().value
  return first === '(' ? afterParentheses(words) === '=>' : words.next().value === '=>'
}

/** Whether a text is in strict mode because it says so, as modules need not. */
export function saysUseStrict(source: string): boolean {
  for (const word of wordsOf(source)) {
    if (word !== endOfLine && !word.startsWith('#!')) return /^(['"])use strict\1$/.test(word)
  }
  return false
}

/** Stands for the end of a line between two words. */
const endOfLine = '\n'

/** The words and signs of a text, and the ends of its lines, without comments and blanks. */
function* wordsOf(text: string): Generator<string, undefined> {
  for (const { type, value } of tokensOf(text)) {
    if (type === 'WhiteSpace' || type === 'SingleLineComment') continue
    if (type === 'LineTerminatorSequence') yield endOfLine
    else if (type === 'MultiLineComment') {
      if (/[\n\r\u2028\u2029]/.test(value)) yield endOfLine
    } else yield value
  }
  return undefined
}

/** Whether the `async` before these words says so, and is not the name of a method, a field or a parameter. */
function isAsyncAfter(words: Generator<string, undefined>): boolean {
  switch (words.next().value) {
    case undefined:
    case endOfLine:
    case '=>':
    case '=':
    case ';':
    case '}':
      return false
    case '(':
      // A method of that name goes on with its body.
      return afterParentheses(words) === '=>'
    default:
      return true
  }
}

/** How many words may be in brackets. */
const mostWords = 10_000

/** What comes after the bracket that closes the one before these words. */
function afterParentheses(words: Generator<string, undefined>): string | undefined {
  let depth = 1
  let count = 0
  for (const word of words) {
    if (depth === 0) return word
    if (word === '(') depth++
    else if (word === ')') depth--
    if (++count === mostWords) return undefined
  }
  return undefined
}

/** How far back the call of a helper can begin, in characters. */
const reach = 300

/** Before a generator function: the helpers of TypeScript, esbuild, Babel and SWC, by their names. */
const named =
  /\b(?:__awaiter|__async|__asyncGenerator|_asyncToGenerator|_async_to_generator|_wrapAsyncGenerator|_wrap_async_generator)\d*(?:\.default|\._)?\)?\([^()]*\(?\s*$/

/** It is an argument. */
const given = /[(,]\s*$/

/** Before a function that was a generator, or an async function, before it was compiled for ES5. */
const lowered = /(?:\b_*(?:ts_)?generator\d*\(this,|[rR]egenerator(?:Runtime)?\d*(?:\(\))?\.(?:wrap|w)\()\s*$/
