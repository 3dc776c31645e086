/** A process that loads the module and calls the function twice, as it is: whatever is wrong with it shows here. */
import { writeFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { describeError, shorten } from '../bench/describe-error.ts'
import { type Findings, findingsFile } from './findings.ts'
import { resultFile, takeOrder } from './order.ts'
import { allOf, isSame, keep } from './result.ts'

const order = takeOrder()
const { target, varying } = order

/** Each call has its own, as it would by a strategy: a function may change what it is given. */
const freshArguments = (): readonly unknown[] => structuredClone(order.args)

const report = (findings: Findings): void => writeFileSync(findingsFile(order), JSON.stringify(findings))

report({ problem: 'unfinished', isLoaded: false })
report(await look())
process.exit()

async function look(): Promise<Findings> {
  let module: Readonly<Record<string, unknown>>
  try {
    module = await import(target.url)
  } catch (error) {
    return { problem: 'module', why: `${describeError(error)}${typescriptAdvice(error)}` }
  }
  const task = Object.hasOwn(module, target.name) ? module[target.name] : undefined
  if (typeof task !== 'function') {
    const names = Object.keys(module).filter((name) => typeof module[name] === 'function')
    return { problem: 'export', exists: Object.hasOwn(module, target.name), names }
  }
  report({ problem: 'unfinished', isLoaded: true })
  try {
    const first = await allOf(task(...freshArguments()))
    const kept = keep(first)
    if (varying || kept === undefined) return { problem: undefined, hasResult: false }
    writeFileSync(resultFile(order), kept)
    const second = await allOf(task(...freshArguments()))
    if (isSame(second, kept)) return { problem: undefined, hasResult: true }
    return { problem: 'varies', ...shownApart(first, second) }
  } catch (error) {
    return { problem: 'throws', why: describeError(error) }
  }
}

function typescriptAdvice(error: unknown): string {
  const isUnknown = error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION'
  return isUnknown && /\.[cm]?tsx?$/.test(target.url) ? '; compile it to JavaScript, or use Node.js 22.18 or later' : ''
}

/** From a little before where they begin to differ. */
function shownApart(first: unknown, second: unknown): { readonly first: string; readonly second: string } {
  const [one = '', other = ''] = [first, second].map((value) =>
    inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 10 }),
  )
  const differ = [...one].findIndex((character, index) => character !== other[index])
  const begin = differ > 60 ? differ - 20 : 0
  const show = (text: string): string => {
    const part = text.slice(begin, begin + 120)
    return shorten(`${begin > 0 ? '…' : ''}${part}${begin + 120 < text.length ? '…' : ''}`)
  }
  return { first: show(one), second: show(other) }
}
