import type { Figures } from './figures.ts'
import { median } from './median.ts'
import { longestOnOneCore, type Row, type Target } from './rows.ts'

/** What came of a row, for the table. */
export interface Verdict {
  readonly cells: readonly string[]
  readonly isMissed: boolean
}

/** One process of the contestant, and what it is seen by: as a rule the process of its peer beside it. */
interface Pair {
  readonly own: number
  readonly peer: number
  readonly p99: number
}

/** A row is judged apart for the processes in which the scheduler had the peer on one core, where that matters. */
export function judge(row: Row, own: readonly Figures[], peer: readonly Figures[]): readonly Verdict[] {
  const pairs = own.map((figures, index): Pair => {
    const mine = figures[row.part] ?? {}
    const theirs = peer[index]?.[row.part] ?? {}
    const at = (all: Readonly<Record<string, number>>, name: string): number => all[name] ?? Number.NaN
    const peerFigure = row.baseline === undefined ? at(theirs, row.figure) : at(mine, row.baseline)
    return { own: at(mine, row.figure), peer: peerFigure, p99: at(mine, 'p99') / at(theirs, 'p99') }
  })
  if (row.targetOnOneCore === undefined) return [verdictOn(row, row.placement, pairs, row.target)]
  const onOneCore = pairs.filter((pair) => pair.peer < longestOnOneCore)
  const onTwo = pairs.filter((pair) => pair.peer >= longestOnOneCore)
  return [
    ...(onTwo.length > 0 ? [verdictOn(row, row.placement, onTwo, row.target)] : []),
    ...(onOneCore.length > 0 ? [verdictOn(row, 'free, peer on one core', onOneCore, row.targetOnOneCore)] : []),
  ]
}

function verdictOn(row: Row, placement: string, pairs: readonly Pair[], target: Target | undefined): Verdict {
  const { contestant, name, unit, peer, judged } = row
  const own = median(pairs.map((pair) => pair.own))
  const theirs = median(pairs.map((pair) => pair.peer))
  const ratio = median(pairs.map((pair) => pair.own / pair.peer))
  const difference = median(pairs.map((pair) => pair.own - pair.peer))
  const p99 = median(pairs.map((pair) => pair.p99))
  const value = { 'by itself': own, 'by ratio': ratio, 'by difference': difference }[judged]
  const isMissed = !isMet(target, value) || !isMet(row.targetOfP99, p99)
  const cells = [
    contestant,
    placement,
    name,
    String(pairs.length),
    `${show(own)} ${unit}`,
    Number.isNaN(theirs) ? '' : `${show(theirs)} ${peer ?? row.baseline}`,
    peer === undefined ? '' : show(judged === 'by difference' ? difference : ratio),
    withTarget(target, value),
    Number.isNaN(p99) ? '' : `${show(p99)} ${withTarget(row.targetOfP99, p99)}`,
  ]
  return { cells, isMissed }
}

function isMet(target: Target | undefined, value: number): boolean {
  if (target === undefined) return true
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast
}

function withTarget(target: Target | undefined, value: number): string {
  if (target === undefined) return ''
  const limit = 'atMost' in target ? `at most ${show(target.atMost)}` : `at least ${show(target.atLeast)}`
  return isMet(target, value) ? limit : `${limit}: MISSED`
}

function show(value: number): string {
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3)
}
