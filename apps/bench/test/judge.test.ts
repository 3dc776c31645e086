import { describe, expect, it } from 'vitest'
import { judge } from '../src/cost/judge.ts'
import type { Row } from '../src/cost/rows.ts'

const row: Row = {
  name: 'call, number',
  script: 'sync-call',
  part: 'number',
  figure: 'p50',
  unit: 'us',
  placement: 'free',
  contestant: 'atomics',
  peer: 'synckit',
  judged: 'by ratio',
  target: { atMost: 0.05 },
}

function processes(...times: number[]): readonly Readonly<Record<string, Readonly<Record<string, number>>>>[] {
  return times.map((p50) => ({ number: { p50, p99: 2 * p50 } }))
}

describe('a row of the cost table', () => {
  it('is judged by the median of the ratios of processes side by side', () => {
    const [verdict] = judge(row, processes(4, 9, 4), processes(100, 90, 80))
    expect(verdict?.isMissed).toBe(false)
    expect(verdict?.cells).toContain('0.050')
    expect(judge({ ...row, target: { atMost: 0.04 } }, processes(4, 9, 4), processes(100, 90, 80))[0]?.isMissed).toBe(
      true,
    )
  })

  it('is judged apart where the scheduler had the peer on one core', () => {
    const verdicts = judge({ ...row, targetOnOneCore: { atMost: 0.3 } }, processes(4, 4, 4), processes(80, 8, 10))
    expect(verdicts.map(({ cells, isMissed }) => [cells[1], cells[3], isMissed])).toEqual([
      ['free', '1', false],
      ['free, peer on one core', '2', true],
    ])
  })

  it('is missed by its 99th percentile, too, and by a figure that is not there', () => {
    const own = [{ number: { p50: 4, p99: 300 } }]
    expect(judge({ ...row, targetOfP99: { atMost: 1 } }, own, processes(100))[0]?.isMissed).toBe(true)
    expect(judge(row, [{}], processes(100))[0]?.isMissed).toBe(true)
  })

  it('is judged by the difference, or by itself beside a baseline, where it says so', () => {
    const difference: Row = { ...row, judged: 'by difference', target: { atMost: 5 } }
    expect(judge(difference, processes(8), processes(3))[0]?.isMissed).toBe(false)
    const { peer: _, ...alone } = row
    const besides: Row = { ...alone, judged: 'by itself', baseline: 'p99', target: { atLeast: 500 } }
    const [verdict] = judge(besides, processes(400), [])
    expect(verdict?.isMissed).toBe(true)
    expect(verdict?.cells).toContain('800 p99')
  })
})
