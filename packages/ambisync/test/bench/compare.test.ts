import { describe, expect, it } from 'vitest'
import { compareReports, parseReport } from '../../src/bench/compare.ts'
import type { Measured, Report, Result } from '../../src/bench/report-data.ts'
import { changesTable } from '../../src/bench/tables.ts'

type Ratio = NonNullable<Measured['ratio']>

function measured(ratio?: Ratio, processes = 7): Measured {
  const figures = { p50: 1, p90: 1, p99: 1, max: 1, quantiles: Array<number>(101).fill(1) }
  return { kind: 'measured', processes, samples: 100, ...figures, ...(ratio === undefined ? {} : { ratio }) }
}

function report(outcome: Result['outcome'], better: 'lower' | 'higher' = 'lower', baseline = 'base'): Report {
  return {
    format: 1,
    created: '2026-01-01T00:00:00.000Z',
    machine: { processor: 'any', cores: 2, memoryGiB: 4, platform: 'linux x64', loadAverage: 0 },
    runtime: 'Node.js',
    contestants: [],
    scenarios: [{ name: 'call', title: 'a call', unit: 'us', better, baseline }],
    results: [{ scenario: 'call', contestant: 'one', placement: 'free', outcome }],
  }
}

const half = { value: 0.5, low: 0.45, high: 0.55 }
const third = { value: 0.33, low: 0.3, high: 0.36 }
const wide = { value: 0.4, low: 0.35, high: 0.5 }

describe('two reports', () => {
  it('differ where the intervals of the ratios have nothing in common', () => {
    const changes = compareReports(report(measured(half)), report(measured(third)))
    expect(changes).toEqual([
      {
        scenario: 'call',
        contestant: 'one',
        placement: 'free',
        kind: 'better',
        before: '0.5 (0.45 to 0.55)',
        after: '0.33 (0.3 to 0.36)',
      },
    ])
    expect(changesTable(changes)).toMatch(/call +│ one +│ free +│ better/)
    expect(compareReports(report(measured(third)), report(measured(half)))[0]?.kind).toBe('worse')
    expect(compareReports(report(measured(third), 'higher'), report(measured(half), 'higher'))[0]?.kind).toBe('better')
  })

  it('do not differ within noise, nor where there is too little to tell', () => {
    expect(compareReports(report(measured(half)), report(measured(wide)))).toEqual([])
    expect(compareReports(report(measured(half)), report(measured(third, 2)))).toEqual([])
    expect(compareReports(report(measured()), report(measured()))).toEqual([])
    expect(compareReports(report(measured(half)), report(measured(third), 'lower', 'other'))).toEqual([])
    expect(changesTable([])).toBe('Nothing changed beyond noise.')
  })

  it('differ where one fails now, or works now', () => {
    const failed = report({ kind: 'failed', error: 'Error: no' })
    expect(compareReports(report(measured(half)), failed)).toMatchObject([{ kind: 'fails now', after: 'Error: no' }])
    expect(compareReports(failed, report(measured(half)))).toMatchObject([{ kind: 'works now', before: 'Error: no' }])
    expect(compareReports(failed, failed)).toEqual([])
  })
})

describe('the text of a report', () => {
  it('is one that was written', () => {
    const original = report(measured(half))
    expect(parseReport(JSON.stringify(original))).toEqual(original)
  })

  it.each(['', '{', '[]', 'null', '{"format":2,"results":[],"scenarios":[]}', '{"format":1}'])('is not %j', (text) => {
    expect(() => parseReport(text)).toThrow(TypeError)
  })
})
