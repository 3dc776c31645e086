import type { Measured, Report, ReportedScenario, Result } from 'ambisync/bench'
import { summarize } from 'ambisync/bench'
import { expect, test } from 'vitest'
import { leadersOf } from '../../../src/bench/leaders.ts'
import { fixtureReport } from './fixture-report.ts'

const scenario: ReportedScenario = { name: 's', title: 'S', unit: 'us', baseline: 'peer' }

type Outcome = Result['outcome']

const measured = (p50: number, behind?: readonly string[], ratio?: Measured['ratio']): Outcome => ({
  kind: 'measured',
  ...{ processes: 20, samples: 1000, figures: [p50], p50, p90: p50, p99: p50, max: p50, quantiles: [] },
  ...(behind !== undefined && { behind, rank: 1 + behind.length }),
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
  expect(told({ a: measured(2, [], ratio), b: measured(5000, ['a']), peer: measured(20_000, ['a', 'b']) })).toBe(
    'a wins with 2 µs at the median; next is b with 5 ms, 2,500 times as much. a is 10 times as fast as peer (95 % interval 8 to 12.5).',
  )
})

test('what is no time is so many times as much', () => {
  const ratio = { value: 2, low: 1.9, high: 2.1 }
  expect(told({ a: measured(50, [], ratio), b: measured(60, ['a']) }, { unit: 'MiB' })).toBe(
    'a wins with 50 MiB at the median; next is b with 60 MiB, 1.2 times as much. a is 2 times what peer takes (95 % interval 1.9 to 2.1).',
  )
})

test('noise does not separate those that share the best rank', () => {
  expect(told({ a: measured(2, []), b: measured(2.1, []), c: measured(9, ['a', 'b']) })).toBe(
    'Noise does not separate a and b: 2 µs to 2.1 µs at the median.',
  )
})

test('native ways are a reference, not a contestant', () => {
  expect(told({ native: measured(1, []), a: measured(2, ['native']), b: measured(3, ['native', 'a']) })).toBe(
    'a wins with 2 µs at the median; next is b with 3 µs, 1.5 times as much. For reference: native 1 µs.',
  )
})

test('those without a figure are named', () => {
  expect(told({ a: measured(2, []), b: { kind: 'failed', error: 'x' }, c: { kind: 'not supported', why: 'y' } })).toBe(
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
        a: [measured(1, []), measured(2, []), measured(30, [])],
        b: [measured(5, ['a']), measured(6, ['a']), measured(30, [])],
      },
      { parameter: { name: 'payload', unit: 'B' } },
    ),
  ).toBe('From 1 B to 1 KiB, a wins; at 1 MiB, noise does not separate a and b.')
})

test('a leader among some is who is not behind any of these', () => {
  const results = [measured(1, []), measured(2, ['a']), measured(3, ['a']), measured(4, ['a', 'b'])].map(
    (outcome, index): Result => ({ scenario: 's', contestant: 'abcd'[index] ?? '', placement: 'free', outcome }),
  )
  expect(leadersOf(results)).toEqual({ names: ['a'], isSure: true })
  expect(leadersOf(results.slice(1))).toEqual({ names: ['b', 'c'], isSure: true })
  expect(leadersOf(results.slice(2))).toEqual({ names: ['c', 'd'], isSure: true })
  expect(leadersOf([])).toEqual({ names: [], isSure: true })
})
