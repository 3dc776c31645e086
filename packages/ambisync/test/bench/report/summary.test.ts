import type { Measured, Report, ReportedScenario, Result } from 'ambisync/bench'
import { summarize } from 'ambisync/bench'
import { expect, test } from 'vitest'
import { fixtureReport } from './fixture-report.ts'

const scenario: ReportedScenario = { name: 's', title: 'S', unit: 'us', better: 'lower', baseline: 'peer' }

type Outcome = Result['outcome']

const measured = (p50: number, rank?: number, ratio?: Measured['ratio']): Outcome => ({
  kind: 'measured',
  ...{ processes: 20, samples: 1000, p50, p90: p50, p99: p50, max: p50, quantiles: [] },
  ...(rank !== undefined && { rank }),
  ...(ratio !== undefined && { ratio }),
})

function told(
  outcomes: Readonly<Record<string, Outcome | readonly Outcome[]>>,
  changes: Partial<ReportedScenario> = {},
): string {
  const kindOf = (name: string): 'native' | 'peer' | 'adapter' =>
    name === 'native' || name === 'peer' ? name : 'adapter'
  const report: Report = {
    ...fixtureReport(),
    contestants: Object.keys(outcomes).map((name) => ({ name, kind: kindOf(name), version: '1' })),
    scenarios: [{ ...scenario, ...changes }],
    results: Object.entries(outcomes).flatMap(([contestant, outcome]) =>
      [outcome].flat().map((one, index) => ({
        scenario: 's',
        contestant,
        placement: 'free' as const,
        ...(changes.parameter !== undefined && { parameter: 1024 ** index }),
        outcome: one,
      })),
    ),
  }
  return summarize(report, { ...scenario, ...changes }, 'free').replaceAll('\u00a0', ' ')
}

test('one wins, by so much, against the next and the baseline', () => {
  const ratio = { value: 0.1, low: 0.08, high: 0.125 }
  expect(told({ a: measured(2, 1, ratio), b: measured(5000, 2), peer: measured(20_000, 3) })).toBe(
    'a wins with 2 µs at the median; next is b with 5 ms, 2,500 times as much. That is 10 times as fast as peer (95 % interval 8 to 12.5).',
  )
})

test('more is better', () => {
  expect(told({ a: measured(50, 1), b: measured(10, 2) }, { unit: 'items/ms', better: 'higher' })).toBe(
    'a wins with 50 items/ms at the median; next is b with 10 items/ms, 0.2 times as much.',
  )
})

test('noise does not separate those that share the best rank', () => {
  expect(told({ a: measured(2, 1), b: measured(2.1, 1), c: measured(9, 3) })).toBe(
    'Noise does not separate a and b: 2 µs to 2.1 µs at the median.',
  )
})

test('native ways are a reference, not a contestant', () => {
  expect(told({ native: measured(1, 1), a: measured(2, 2), b: measured(3, 3) })).toBe(
    'a wins with 2 µs at the median; next is b with 3 µs, 1.5 times as much. For reference: native 1 µs.',
  )
})

test('those without a figure are named', () => {
  expect(told({ a: measured(2, 1), b: { kind: 'failed', error: 'x' }, c: { kind: 'not supported', why: 'y' } })).toBe(
    'Only a was measured: 2 µs at the median. Failed: b. Not supported: c.',
  )
  expect(told({ a: { kind: 'failed', error: 'x' } })).toBe('Nothing was measured. Failed: a.')
  expect(told({ a: measured(1), b: measured(2) })).toBe(
    'a is ahead with 1 µs at the median, in too few rounds to be sure.',
  )
  expect(told({})).toBe('Nothing was run.')
})

test('a sweep tells where each wins', () => {
  expect(
    told(
      {
        a: [measured(1, 1), measured(2, 1), measured(30, 1)],
        b: [measured(5, 2), measured(6, 2), measured(30, 1)],
      },
      { parameter: { name: 'payload', unit: 'B' } },
    ),
  ).toBe('From 1 B to 1 KiB, a wins; at 1 MiB, noise does not separate a and b.')
})
