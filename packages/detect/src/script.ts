import type { CallSite } from './call-sites.ts'
import type { FunctionKind } from './caller-kind.ts'
import { beginsWithArrowFunction, saysUseStrict } from './function-text.ts'
import { textOfScript } from './script-text.ts'

/** One script that calls were made from, and what is known of it. */
export class Script {
  /** The functions that calls were made by, by the positions of the calls. */
  readonly kinds: Map<number, FunctionKind> = new Map()
  #lineStarts: readonly number[] | undefined
  #isModule: boolean | undefined
  #isArrowFunction: boolean | undefined

  /** The script's text, and where in it the function of a frame begins; undefined if it is not to be had. */
  locate(site: CallSite): { readonly text: string; readonly start: number } | undefined {
    const text = textOfScript(site.getScriptHash(), site.getFileName())
    if (text === undefined) return undefined
    const start = this.#startOf(site, text)
    return start === undefined ? undefined : { text, start }
  }

  /**
   * Whether code in strict mode that is no function is a module's. There is no `use strict` in one as a rule, and there is
   * in a script.
   */
  isModule(text: string): boolean {
    this.#isModule ??= !saysUseStrict(text) || /^\s*(?:import|export)\b/m.test(text)
    return this.#isModule
  }

  /** Whether all of the script is one function, which has no name: frames do not tell that from the script's own code. */
  isArrowFunction(text: string): boolean {
    this.#isArrowFunction ??= beginsWithArrowFunction(text)
    return this.#isArrowFunction
  }

  /** What is compiled by `vm` may have its lines and columns counted from elsewhere. */
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
