import { type Markish, text } from '@observablehq/plot'

/** Charts with a row for each contestant: the name beside the row where there is room, else above it. */
export interface RowLayout {
  readonly height: number
  readonly marginLeft: number
  readonly marginRight: number
  readonly marginTop: number
  readonly marginBottom: number
  /** How far below the middle of its band the drawing of a row is. */
  readonly dy: number
  readonly marks: Markish[]
}

/** What stands beside a row. `id` is where it is on the axis. */
export interface LabelledRow {
  readonly id: string
  readonly label: string
  readonly value: string
  /** Said after the value where there is room. */
  readonly remark?: string
}

const longest = 34

/** `all` are the rows of every chart beside this one: the same margins keep their axes in line. */
export function layoutRows(
  rows: readonly LabelledRow[],
  all: readonly Omit<LabelledRow, 'id'>[],
  width: number,
): RowLayout {
  const isNarrow = width < 560
  const letters = Math.max(...all.map(({ label }) => shorten(label).length), 8)
  const told = ({ value, remark = '' }: Pick<LabelledRow, 'value' | 'remark'>): string =>
    isNarrow ? value : `${value} ${remark}`.trim()
  const values = Math.max(...all.map((row) => told(row).length), 4)
  const base = { y: 'id', fill: 'currentColor', stroke: 'var(--page)', strokeWidth: 4 } as const
  const margins = isNarrow
    ? { marginLeft: 6, marginRight: 10 }
    : { marginLeft: Math.ceil(letters * 6.7) + 14, marginRight: Math.ceil(values * 6.9) + 16 }
  const name = isNarrow
    ? { frameAnchor: 'left', textAnchor: 'start', dy: -10, dx: -2 }
    : { frameAnchor: 'left', textAnchor: 'end', dx: -10 }
  const value = isNarrow
    ? { frameAnchor: 'right', textAnchor: 'end', dy: -10, dx: 4 }
    : { frameAnchor: 'right', textAnchor: 'start', dx: 10 }
  return {
    ...margins,
    marginTop: 8,
    marginBottom: 42,
    height: rows.length * (isNarrow ? 38 : 24) + 50,
    dy: isNarrow ? 7 : 0,
    marks: [
      text(rows, { ...base, ...name, text: ({ label }: LabelledRow) => shorten(label) } as object),
      text(rows, { ...base, ...value, text: told } as object),
    ],
  }
}

function shorten(label: string): string {
  return label.length > longest ? `${label.slice(0, longest - 1)}…` : label
}
