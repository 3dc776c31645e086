import { fileURLToPath } from 'node:url'
import { type CellOutcome, watch } from 'ambisync/bench'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installedVersion } from '../src/command/versions.ts'
import { contestantNames, importContestant } from '../src/contestants/index.ts'

/** Those that are built: what they share is started from their folder. */
const built = new URL('../dist/scenarios/index.js', import.meta.url).href
const { importScenario, scenarioNames }: typeof import('../src/scenarios/index.ts') = await import(built)

const script = fileURLToPath(new URL('../dist/measure-cell.js', import.meta.url))

/** What there is no synchronous twin of, what has no callbacks, and so on: reasons by scenario and contestant. */
const httpOnly = ['@ambisync/fetch', 'sync-fetch', 'sync-request']
const noTwin = ['native sync', 'quansync']
const withStreams = ['worker-threads', 'atomics', 'child-process', 'deasync', 'native sync', 'plain async']
const withCallbacks = [...withStreams, 'deasync by itself', '@kaciras/deasync']

function takesPart(contestant: string, scenario: string): boolean {
  if (scenario === 'http') return !noTwin.includes(contestant)
  if (httpOnly.includes(contestant)) return false
  if (scenario === 'prettier') return !noTwin.includes(contestant)
  if (scenario === 'iteration') return withStreams.includes(contestant)
  if (scenario === 'callback') return withCallbacks.includes(contestant)
  return true
}

/** These do for each contestant what others do, or wait for long: one contestant is enough. */
const once = ['object', 'string', 'bytes', 'busy', 'idle', 'memory', 'memory-after-calls']

const contestants = await Promise.all(contestantNames.map(importContestant))
const scenarios = await Promise.all(scenarioNames.map(importScenario))

/** A peer may not be installed, as it is optional. */
const installed = contestants.filter(
  ({ packageName }) => packageName === undefined || installedVersion(packageName) !== undefined,
)

describe('names', () => {
  it('of contestants and scenarios are those by which they are found', () => {
    expect(contestants.map(({ name }) => name)).toEqual(contestantNames)
    expect(scenarios.map(({ name }) => name)).toEqual(scenarioNames)
  })

  it('of baselines are contestants', () => {
    for (const { baseline } of scenarios) expect(contestantNames).toContain(baseline)
  })
})

describe.concurrent('one short round', () => {
  let shared: readonly { end(): void }[] = []
  beforeAll(async () => {
    shared = await Promise.all(scenarios.flatMap(({ share }) => share?.() ?? []))
  })
  afterAll(() => {
    for (const one of shared) one.end()
  })

  it.each(installed.map(({ name }) => name))(
    'of %s gives right answers wherever it takes part',
    async (contestant) => {
      const outcomes: Record<string, unknown> = {}
      const expected: Record<string, unknown> = {}
      for (const { name: scenario, parameters } of scenarios.filter(({ name }) => !once.includes(name))) {
        const outcome = await measureOnce(scenario, contestant, parameters?.[0])
        outcomes[scenario] = outcome.kind === 'failed' ? outcome : outcome.kind
        expected[scenario] = takesPart(contestant, scenario) ? 'measured' : 'not supported'
      }
      expect(outcomes).toEqual(expected)
    },
    600_000,
  )

  it.each(once)('leaves a figure in the scenario "%s"', async (scenario) => {
    expect(await measureOnce(scenario, 'worker-threads')).toMatchObject({ kind: 'measured' })
  })
})

function measureOnce(scenario: string, contestant: string, parameter?: number): Promise<CellOutcome> {
  const effort = { warmUp: 0, time: 0 }
  return watch({
    command: [process.execPath, script],
    cell: { scenario, contestant, effort, ...(parameter === undefined ? {} : { parameter }) },
    timeout: 120_000,
  })
}
