import { types } from 'node:util'
import type { CallSite } from './call-sites.ts'
import type { FunctionKind } from './caller-kind.ts'
import { beginsWithFunction, isAsyncText } from './function-text.ts'
import { textOfScript } from './script-text.ts'

/** One script that calls were made from, and what is known of its functions. */
export class Script {
  /** The functions that calls were made by, by the positions of the calls. */
  readonly kinds: Map<number, FunctionKind> = new Map()
  #text: { readonly text: string | undefined } | undefined
  #lineStarts: readonly number[] | undefined

  /** Whether the function of a frame is async; undefined if its text is not to be had. */
  isAsync(site: CallSite): boolean | undefined {
    // That of a generator has yet to tell whether it was an async function once.
    const f = site.getFunction()
    if (f !== undefined && !types.isGeneratorFunction(f)) return types.isAsyncFunction(f)
    const text = this.#textOf(site)
    const start = text === undefined ? undefined : this.#startOf(site, text)
    return text === undefined || start === undefined ? undefined : isAsyncText(text, start)
  }

  /** Whether all of the script is one function. Frames do not tell that from a script that calls something itself. */
  isFunction(site: CallSite): boolean {
    const text = this.#textOf(site)
    return text !== undefined && beginsWithFunction(text)
  }

  #textOf(site: CallSite): string | undefined {
    this.#text ??= { text: textOfScript(site.getScriptHash(), site.getFileName()) }
    return this.#text.text
  }

  /** Where the function begins in the text. What is compiled by `vm` may have its lines and columns counted from elsewhere. */
  #startOf(site: CallSite, text: string): number | undefined {
    this.#lineStarts ??= lineStartsOf(text)
    const starts = this.#lineStarts
    const line = lineAt(starts, site.getPosition())
    const lineOffset = (site.getLineNumber() ?? 1) - 1 - line
    const columnOffset = line === 0 ? (site.getColumnNumber() ?? 1) - 1 - site.getPosition() : 0
    const startLine = (site.getEnclosingLineNumber() ?? 1) - 1 - lineOffset
    const startColumn = (site.getEnclosingColumnNumber() ?? 1) - 1 - (startLine === 0 ? columnOffset : 0)
    const start = starts[startLine]
    return start === undefined ? undefined : start + startColumn
  }
}

/** Lines end as the language has it. */
function lineStartsOf(text: string): readonly number[] {
  const starts = [0]
  for (const { index, 0: end } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(index + end.length)
  return starts
}

/** The line of a position, by bisection. */
function lineAt(starts: readonly number[], position: number): number {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= position) low = middle
    else high = middle
  }
  return low
}
