/** A process that loads the module and calls the function twice, as it is: whatever is wrong with it shows here. */
import { writeFileSync } from 'node:fs'
import { inspect } from 'node:util'
import type { Findings } from './inspection.ts'
import { takeOrder } from './order.ts'
import { allOf, isSame, keep } from './result.ts'

const { target, args, varying, findings, result } = takeOrder()

writeFileSync(findings, JSON.stringify(await look()))
process.exit()

async function look(): Promise<Findings> {
  let module: Readonly<Record<string, unknown>>
  try {
    module = await import(target.url)
  } catch (error) {
    return { problem: 'module', why: `${describe(error)}${typescriptAdvice(error)}` }
  }
  const task = Object.hasOwn(module, target.name) ? module[target.name] : undefined
  if (typeof task !== 'function') {
    const names = Object.keys(module).filter((name) => typeof module[name] === 'function')
    return { problem: 'export', exists: Object.hasOwn(module, target.name), names }
  }
  try {
    const first = await allOf(task(...args))
    const kept = keep(first)
    if (varying || kept === undefined) return { problem: undefined, isComparable: false }
    writeFileSync(result, kept)
    const second = await allOf(task(...args))
    if (isSame(second, kept)) return { problem: undefined, isComparable: true }
    return { problem: 'varies', first: short(first), second: short(second) }
  } catch (error) {
    return { problem: 'throws', why: describe(error) }
  }
}

function typescriptAdvice(error: unknown): string {
  const isUnknown = error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION'
  return isUnknown && /\.[cm]?tsx?$/.test(target.url) ? '; compile it to JavaScript, or use Node.js 22.18 or later' : ''
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `threw ${short(error)}`
}

function short(value: unknown): string {
  const text = inspect(value, {
    breakLength: Number.POSITIVE_INFINITY,
    maxStringLength: 60,
    maxArrayLength: 3,
    depth: 1,
  })
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
