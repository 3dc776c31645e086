import tokensOf from 'js-tokens'

/*
 * Whether a function is async, by how its text begins: V8 says where that is, with the word `async` included. The text
 * is not parsed: what comes after the first few words does not matter.
 */

/** Whether the function whose text begins at `start` is async, or was before it was compiled to a generator. */
export function isAsyncText(source: string, start: number): boolean {
  // The words that follow; V8 makes no copy for a slice.
  const words = wordsOf(source.slice(start))
  const first = words.next().value
  if (first === 'async') return isAsyncAfter(words)
  return (
    first === 'function' && words.next().value === '*' && isAwaited(source.slice(Math.max(0, start - reach), start))
  )
}

/** Whether a text is that of a function or begins with one, and not any other code. */
export function beginsWithFunction(source: string): boolean {
  const words = wordsOf(source)
  const first = words.next().value
  if (first === 'function') return true
  if (first === 'async') return isAsyncAfter(words)
  return first === '(' ? afterParentheses(words) === '=>' : words.next().value === '=>'
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
  const next = words.next().value
  switch (next) {
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

/** What comes after the bracket that closes the one before these words. */
function afterParentheses(words: Generator<string, undefined>): string | undefined {
  let depth = 1
  for (const word of words) {
    if (depth === 0) return word
    if (word === '(') depth++
    else if (word === ')') depth--
  }
  return undefined
}

/** How far back the call of a helper can begin, in characters. */
const reach = 300

/** The helpers by their names: of TypeScript, esbuild, Babel and SWC. */
const named =
  /\b(?:__awaiter|__async|__asyncGenerator|_asyncToGenerator|_async_to_generator|_wrapAsyncGenerator|_wrap_async_generator)\d*(?:\.default|\._)?\)?\([^()]*\(?\s*$/

/** And where a minifier has renamed them, by their arguments: those of the function, then the generator. */
const minified =
  /\((?:this|null|void 0|undefined),\s*(?:null|arguments|void 0|undefined|\[[^\]]*\]),\s*(?:(?:void 0|undefined|Promise),\s*)?\(?\s*$/

/** Whether the generator function after this text is given to a helper that runs it as an async function. */
function isAwaited(before: string): boolean {
  return named.test(before) || minified.test(before)
}
