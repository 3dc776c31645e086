import { describe, expect, it } from 'vitest'
import { compareReports } from '../../src/bench/compare.ts'
import { parseReport } from '../../src/bench/parse-report.ts'
import type { Measured, Report, Result } from '../../src/bench/report-data.ts'
import { changesTable } from '../../src/bench/tables.ts'

type Ratio = NonNullable<Measured['ratio']>

function measured(ratio?: Ratio, processes = 7): Measured {
  const figures = { figures: [1], p50: 1, p90: 1, p99: 1, max: 1, quantiles: Array<number>(101).fill(1) }
  return { kind: 'measured', processes, samples: 100, ...figures, ...(ratio === undefined ? {} : { ratio }) }
}

function report(outcome: Result['outcome'], baseline = 'base', runtime = 'Node.js'): Report {
  return {
    format: 1,
    created: '2026-01-01T00:00:00.000Z',
    machine: { processor: 'any', cores: 2, memoryGiB: 4, platform: 'linux x64', loadAverage: 0 },
    runtime,
    effort: { warmUp: 1, time: 1 },
    contestants: [],
    scenarios: [{ name: 'call', title: 'a call', unit: 'us', baseline }],
    results: [{ scenario: 'call', contestant: 'one', placement: 'free', outcome }],
  }
}

const half = { value: 0.5, low: 0.45, high: 0.55 }
const third = { value: 0.33, low: 0.3, high: 0.36 }
const wide = { value: 0.4, low: 0.35, high: 0.5 }

const changesOf = (before: Report, after: Report) => compareReports(before, after).changes

describe('two reports', () => {
  it('differ where the intervals of the ratios have nothing in common', () => {
    const comparison = compareReports(report(measured(half)), report(measured(third)))
    expect(comparison).toEqual({
      compared: 1,
      circumstances: [],
      changes: [
        {
          scenario: 'call',
          contestant: 'one',
          placement: 'free',
          kind: 'better',
          before: '0.5 (0.45 to 0.55)',
          after: '0.33 (0.3 to 0.36)',
        },
      ],
    })
    expect(changesTable(comparison)).toMatch(/^1 of 1 changed beyond noise\.\n.*call +│ one +│ free +│ better/s)
    expect(changesOf(report(measured(third)), report(measured(half)))[0]?.kind).toBe('worse')
  })

  it('do not differ within noise', () => {
    const comparison = compareReports(report(measured(half)), report(measured(wide)))
    expect(changesTable(comparison)).toBe('Nothing of 1 changed beyond noise.')
  })

  it.each([
    ['too few processes', report(measured(half)), report(measured(third, 2))],
    ['only the baseline', report(measured()), report(measured())],
    ['another baseline', report(measured(half)), report(measured(third), 'other')],
    ['what is not claimed', report(measured(half)), report({ kind: 'not supported', why: 'too slow' })],
  ])('say so where there is nothing to compare: %s', (_, before, after) => {
    const comparison = compareReports(before, after)
    expect(comparison).toMatchObject({ compared: 0, changes: [] })
    expect(changesTable(comparison)).toBe('The reports have nothing in common that can be compared.')
  })

  it('tell what else is not as it was', () => {
    const comparison = compareReports(report(measured(half)), report(measured(wide), 'base', 'Bun 1'))
    expect(changesTable(comparison)).toBe(
      'Nothing of 1 changed beyond noise.\nNot as it was: runtime: Node.js, now Bun 1.',
    )
  })

  it('differ where one fails now, or works now', () => {
    const failed = report({ kind: 'failed', error: 'Error: no' })
    expect(changesOf(report(measured(half)), failed)).toMatchObject([{ kind: 'fails now', after: 'Error: no' }])
    expect(changesOf(failed, report(measured(half)))).toMatchObject([{ kind: 'works now', before: 'Error: no' }])
    expect(compareReports(failed, failed)).toMatchObject({ compared: 1, changes: [] })
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
