/** A process that measures the function by one strategy. */
import { readFileSync } from 'node:fs'
import { startLoop } from '@ambisync/core'
import { type Cell, inMacrotask, runCell, timeCalls } from 'ambisync/bench/cell'
import { findPackage, makeAdapter, placesFrom } from '../installed.ts'
import { strategies } from '../strategies.ts'
import { baseline } from './contestants.ts'
import { takeOrder } from './order.ts'
import { allOf, allOfSync, isSame } from './result.ts'
import type { ScenarioName } from './scenarios.ts'

/** The function as it is called here. */
type Call = (...args: readonly unknown[]) => unknown

const { target, args, varying, result } = takeOrder()
const expected = varying ? undefined : readResult()

await runCell(async ({ contestant, scenario, effort }: Cell) => {
  const isAsync = contestant === baseline
  const prepare = isAsync ? direct : () => inMacrotask(() => blocking(contestant))
  if ((scenario as ScenarioName) === 'call') {
    const call = await prepare()
    return timeCalls({ call: () => call(...args), check, isAsync, effort })
  }
  const begin = performance.now()
  const call = await prepare()
  const value = isAsync ? await call(...args) : await inMacrotask(() => call(...args))
  const time = performance.now() - begin
  check(value)
  return [time]
})

async function direct(): Promise<Call> {
  const module: Readonly<Record<string, Call>> = await import(target.url)
  return (...all) => allOf(module[target.name]?.(...all))
}

function blocking(name: string): Call {
  const strategy = strategies.find((each) => each.name === name)
  const installed = strategy && findPackage(strategy.package, placesFrom(process.cwd()))
  if (strategy === undefined || installed === undefined) throw new Error(`${name} is not installed`)
  const loop = startLoop({ adapter: makeAdapter(installed, strategy) })
  const task = loop.load<Readonly<Record<string, Call>>>(target.url)[target.name]
  if (task === undefined) throw new Error(`${target.url} has no export ${target.name}`)
  return (...all) => allOfSync(task.sync(...all))
}

function check(value: unknown): void {
  if (expected === undefined || isSame(value, expected)) return
  throw new Error('a result was not the one that the function gives when it is called directly')
}

/** There is none where the result cannot be compared. */
function readResult(): Buffer | undefined {
  try {
    return readFileSync(result)
  } catch {
    return undefined
  }
}
