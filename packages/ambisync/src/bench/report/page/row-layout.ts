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
}

const longest = 34

export function layoutRows(rows: readonly LabelledRow[], width: number): RowLayout {
  const isNarrow = width < 560
  const letters = Math.max(...rows.map(({ label }) => shorten(label).length), 8)
  const values = Math.max(...rows.map(({ value }) => value.length), 4)
  const base = { y: 'id', fill: 'currentColor', clip: false } as const
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
      text(rows, { ...base, ...value, text: 'value' } as object),
    ],
  }
}

function shorten(label: string): string {
  return label.length > longest ? `${label.slice(0, longest - 1)}…` : label
}
