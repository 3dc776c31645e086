/**
 * A million blocking calls on each adapter whose loops live on from call to call, every answer checked, and memory flat
 * at the end: `node soak.js [configuration] [calls]`. Ends with 1 if one of that does not hold.
 *
 * A run of a million calls or more is written to docs/data/soak.json, which the table in docs/reliability.md is made
 * from, and every run with its samples to reports/soak.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { configurationNamed, configurations } from './configurations.ts'
import { keepResults } from './keep-results.ts'
import { runProgram } from './run-program.ts'
import { type Growth, growthOf } from './soak/growth.ts'
import type { Sample, SoakReport } from './soak/sample.ts'

/** What a run of one configuration came to. */
interface SoakResult {
  readonly configuration: string
  readonly calls: number
  readonly wrong: number
  readonly seconds: number
  readonly node: string
  readonly platform: string
  readonly growth: readonly Growth[]
}

/** A watchdog's limit in milliseconds, for the hundredth part of the calls. */
const silence = 300_000
const fullRun = 1_000_000

const [chosen, callsGiven = String(fullRun)] = process.argv.slice(2)
const calls = Number(callsGiven)
if (!Number.isInteger(calls) || calls < 1_000)
  throw new RangeError('the number of calls is a whole one, at least 1,000')

const root = new URL('../../../', import.meta.url)
const resident = configurations.filter(({ create }) => create().capabilities.resident)

async function soak(configuration: string): Promise<SoakResult & { samples: readonly Sample[] }> {
  const samples: Sample[] = []
  let wrong = 0
  const began = performance.now()
  const { exitCode, signal, hung, stderr } = await runProgram('soak', [configuration, String(calls)], {
    limit: silence,
    onLine(line) {
      const report: SoakReport = JSON.parse(line)
      if ('sample' in report) samples.push(report.sample)
      else if (++wrong <= 10) console.error(`${configuration}: ${report.wrong}`)
    },
  })
  const seconds = Math.round((performance.now() - began) / 1_000)
  if (exitCode !== 0 || samples.at(-1)?.calls !== calls) {
    const how = hung ? 'hangs' : `ended with ${signal ?? exitCode}`
    throw new Error(`${configuration} ${how} after ${samples.at(-1)?.calls ?? 0} calls: ${stderr}`)
  }
  const platform = `${process.platform} ${process.arch}, ${availableParallelism()} cores`
  const growth = growthOf(samples)
  return { configuration, calls, wrong, seconds, node: process.version, platform, growth, samples }
}

function print({ configuration, wrong, seconds, growth }: SoakResult): void {
  console.log(`${configuration}: ${calls} calls in ${seconds} s, ${wrong} wrong answers`)
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(2)} MB`
  for (const { name, atHalf, atEnd, allowed, isFlat } of growth) {
    const verdict = isFlat ? 'flat' : `NOT FLAT (at most ${megabytes(allowed)} more)`
    console.log(`  ${name}: ${megabytes(atHalf)} at the half, ${megabytes(atEnd)} at the end: ${verdict}`)
  }
}

const results: (SoakResult & { samples: readonly Sample[] })[] = []
for (const { name } of chosen === undefined ? resident : [configurationNamed(chosen)]) {
  const result = await soak(name)
  results.push(result)
  print(result)
  if (result.wrong > 0 || result.growth.some(({ isFlat }) => !isFlat)) process.exitCode = 1
}
mkdirSync(new URL('reports/', root), { recursive: true })
writeFileSync(new URL('reports/soak.json', root), JSON.stringify(results))
if (calls >= fullRun && process.exitCode === undefined) {
  keepResults(
    'soak',
    results.map(({ samples: _, ...result }) => result),
  )
}
