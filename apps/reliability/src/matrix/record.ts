import { isDeepStrictEqual } from 'node:util'
import type { Mode, Observation } from './cells.ts'
import type { Cell } from './run-matrix.ts'
import type { Seen } from './seen.ts'

/** What a run of the whole matrix saw: what the table in docs/reliability.md is made of. Plain data. */
export interface MatrixRecord {
  readonly node: string
  readonly platform: string
  /** The options of each, by its name. */
  readonly configurations: Readonly<Record<string, object>>
  readonly cells: readonly RecordedCell[]
}

interface RecordedCell {
  readonly row: string
  readonly configuration: string
  /** Both, where both saw the same. */
  readonly modes: readonly Mode[]
  readonly seen: Seen
  /** Why it cannot be otherwise, by the adapter's capabilities. */
  readonly because?: string
  /** The caller knew of the failure within one second. Nothing where there is none to know of. */
  readonly withinASecond?: boolean
}

export interface ObservedCell extends Cell {
  readonly observed: Observation
}

export function recordMatrix(observed: readonly ObservedCell[]): MatrixRecord {
  const cells: RecordedCell[] = []
  for (const one of observed) {
    const cell = recordCell(one)
    const last = cells.at(-1)
    if (last !== undefined && sawTheSame(last, cell)) cells.splice(-1, 1, merge(last, cell))
    else cells.push(cell)
  }
  const configurations = Object.fromEntries(observed.map(({ configuration: { name, options } }) => [name, options]))
  return { node: process.version, platform: `${process.platform} ${process.arch}`, configurations, cells }
}

function sawTheSame(one: RecordedCell, other: RecordedCell): boolean {
  const what = ({ row, configuration, seen, because }: RecordedCell): unknown => [row, configuration, seen, because]
  return isDeepStrictEqual(what(one), what(other))
}

function merge(one: RecordedCell, other: RecordedCell): RecordedCell {
  const { withinASecond } = one
  return {
    ...one,
    modes: [...one.modes, ...other.modes],
    ...(withinASecond !== undefined && { withinASecond: withinASecond && other.withinASecond === true }),
  }
}

function recordCell({ row, configuration, mode, expectation: { because }, observed }: ObservedCell): RecordedCell {
  const { seen, milliseconds } = observed
  const wasTold = milliseconds !== undefined && !(seen.outcome && 'returned' in seen.outcome)
  return {
    row: row.name,
    configuration: configuration.name,
    modes: [mode],
    seen,
    ...(because !== undefined && { because }),
    ...(wasTold && { withinASecond: milliseconds < 1_000 }),
  }
}

/** One cell a line, so that a change shows as what it is. */
export function formatRecord({ cells, ...about }: MatrixRecord): string {
  const head = JSON.stringify(about).slice(0, -1)
  return `${head},"cells":[\n${cells.map((cell) => JSON.stringify(cell)).join(',\n')}\n]}\n`
}
