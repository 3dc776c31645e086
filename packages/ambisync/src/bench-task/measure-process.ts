/** A process that measures the function by one strategy. */
import { readFileSync } from 'node:fs'
import { startLoop } from '@ambisync/core'
import { type Cell, type Effort, inMacrotask, runCell, timeCalls } from 'ambisync/bench/cell'
import { findPackage, makeAdapter, placesFrom } from '../installed.ts'
import { strategies } from '../strategies.ts'
import { baseline } from './contestants.ts'
import { resultFile, takeOrder } from './order.ts'
import { allOf, allOfSync, isSame } from './result.ts'
import type { ScenarioName } from './scenarios.ts'

/** The function as it is called here. */
type Call = (...args: readonly unknown[]) => unknown

const order = takeOrder()
const { target } = order
const expected = order.hasResult ? readFileSync(resultFile(order)) : undefined

/** Each call has its own: a function may change what it is given. */
const freshArguments = (): readonly unknown[] => structuredClone(order.args)

await runCell(async ({ contestant, scenario, effort }: Cell) => {
  const isWarm = (scenario as ScenarioName) === 'call'
  if (contestant === baseline) {
    return isWarm ? await timeWarm(await importDirectly(), true, effort) : [await timeFirstDirect()]
  }
  const start = findStrategy(contestant)
  return isWarm ? await timeWarm(await inMacrotask(start), false, effort) : [await inMacrotask(() => timeFirst(start))]
})

async function timeWarm(call: Call, isAsync: boolean, effort: Effort): Promise<readonly number[]> {
  let args = freshArguments()
  return await timeCalls({
    call: () => call(...args),
    check(value) {
      check(value)
      args = freshArguments()
    },
    isAsync,
    effort,
  })
}

function timeFirst(start: () => Call): number {
  const args = freshArguments()
  const begin = performance.now()
  const value = start()(...args)
  const time = performance.now() - begin
  check(value)
  return time
}

async function timeFirstDirect(): Promise<number> {
  const args = freshArguments()
  const begin = performance.now()
  const call = await importDirectly()
  const value = await call(...args)
  const time = performance.now() - begin
  check(value)
  return time
}

async function importDirectly(): Promise<Call> {
  const module: Readonly<Record<string, Call>> = await import(target.url)
  return (...all) => allOf(module[target.name]?.(...all))
}

/** Its package is imported here; what is left is to start a loop. */
function findStrategy(name: string): () => Call {
  const strategy = strategies.find((each) => each.name === name)
  const installed = strategy && findPackage(strategy.package, placesFrom(process.cwd()))
  if (strategy === undefined || installed === undefined) throw new Error(`${name} is not installed`)
  const adapter = makeAdapter(installed, strategy)
  return () => {
    const task = startLoop({ adapter }).load<Readonly<Record<string, Call>>>(target.url)[target.name]
    if (task === undefined) throw new Error(`${target.url} has no export ${target.name}`)
    return (...all) => allOfSync(task.sync(...all))
  }
}

function check(value: unknown): void {
  if (expected === undefined || isSame(value, expected)) return
  throw new Error('a result was not the one that the function gives when it is called directly')
}
