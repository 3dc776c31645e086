import { fileURLToPath } from 'node:url'
import { type Plan, type Progress, reportTables, runPlan, sayWinners } from 'ambisync/bench'
import { describe, expect, it } from 'vitest'

const plan: Plan = {
  scenarios: [
    { name: 'fail for one', title: 'a test', unit: 'ms', baseline: 'slow', timeout: 30_000 },
    { name: 'say that it cannot', title: 'another', unit: 'ms', baseline: 'slow', timeout: 30_000 },
  ],
  contestants: ['fast', 'slow', 'bad'].map((name) => ({ name, kind: 'adapter', version: '1.2.3' })),
  placements: ['free'],
  script: fileURLToPath(new URL('./fixtures/cell.js', import.meta.url)),
  runtime: { name: 'Node.js', executable: process.execPath },
  effort: { warmUp: 0, time: 0 },
  processes: 5,
}

describe('a run', () => {
  it('has a row for each contestant, whatever comes of it', async () => {
    const told: Progress[] = []
    const report = await runPlan(plan, (progress) => told.push(progress))
    const rows = report.results.filter(({ scenario }) => scenario === 'fail for one')
    expect(rows.map(({ contestant, outcome }) => [contestant, outcome.kind])).toEqual([
      ['fast', 'measured'],
      ['slow', 'measured'],
      ['bad', 'failed'],
    ])
    expect(rows[0]?.outcome).toMatchObject({ p50: 1, rank: 1, processes: 5, samples: 5, ratio: { value: 0.5 } })
    expect(rows[0]?.outcome).toHaveProperty('quantiles.length', 101)
    expect(rows[1]?.outcome).toMatchObject({ p50: 2, rank: 2 })
    expect(rows[1]?.outcome).not.toHaveProperty('ratio')
    expect(report.machine.cores).toBeGreaterThan(0)

    // Who has failed sits out, and the order is not always the same.
    expect(told.filter(({ contestant }) => contestant === 'bad')).toHaveLength(2)
    const orders = [2, 3, 4, 5].map((round) =>
      told.filter((one) => one.scenario === 'a test' && one.round === round).map(({ contestant }) => contestant),
    )
    expect(orders.map((order) => order.toSorted())).toEqual(Array(4).fill(['fast', 'slow']))
    expect(new Set(orders.map(([first]) => first)).size).toBe(2)
    expect(told.at(-1)).toMatchObject({ done: 13, total: 14 })

    const text = reportTables(report)
    expect(text).toMatch(/│ 1 +│ fast +│ 1 /)
    expect(text).toContain('fast 1.2.3, slow 1.2.3, bad 1.2.3\n')
    expect(text).toContain('a test, ms, less is better, 5 processes each')
    expect(text).toContain('bad 1.2.3 (free) failed: Error: bad at this')
    expect(text).toContain('slow: has no streams')
    expect(sayWinners(report)).toBe('Of the adapters, fast won a test.')
  })

  it('says who was ahead where it is too short to be sure', async () => {
    const report = await runPlan({ ...plan, processes: 1 })
    expect(sayWinners(report)).toBe('In too few rounds to be sure, fast came first in a test.')
  })

  it('has no round that would go beyond its budget, but the first', async () => {
    const { results } = await runPlan({ ...plan, budget: 1 })
    expect(results[0]?.outcome).toMatchObject({ processes: 1 })
  })

  it('leaves out whom a scenario leaves out', async () => {
    const scenarios = plan.scenarios.slice(0, 1).map((scenario) => ({ ...scenario, without: ['bad', 'slow'] }))
    const { results } = await runPlan({ ...plan, scenarios, processes: 1 })
    expect(results.map(({ contestant }) => contestant)).toEqual(['fast'])
  })

  it('measures where all cores are busy, and on one core', async () => {
    const scenarios = plan.scenarios.slice(0, 1)
    const { results } = await runPlan({ ...plan, scenarios, placements: ['pinned', 'busy'], processes: 1 })
    expect(results.filter(({ placement }) => placement === 'busy').map(({ outcome }) => outcome.kind)).toEqual([
      'measured',
      'measured',
      'failed',
    ])
  })

  it('refuses to measure nothing', async () => {
    await expect(runPlan({ ...plan, contestants: [] })).rejects.toThrow(RangeError)
    await expect(runPlan({ ...plan, processes: 0 })).rejects.toThrow('processes')
  })
})
