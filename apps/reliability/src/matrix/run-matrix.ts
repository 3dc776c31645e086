import { type Configuration, configurations } from '../configurations.ts'
import type { Mode, Observation } from './cells.ts'
import type { Expectation } from './expectation.ts'
import { type Row, rows } from './rows.ts'

export interface Cell {
  readonly row: Row
  readonly configuration: Configuration
  readonly mode: Mode
  readonly expectation: Expectation
}

/** A cell under way. */
export interface RunningCell extends Cell {
  readonly observation: Promise<Observation>
}

export const cells: readonly Cell[] = configurations.flatMap((configuration) => {
  const { capabilities } = configuration.create()
  return rows.flatMap((row) =>
    row.modes.map((mode) => ({ row, configuration, mode, expectation: row.expected(capabilities, mode) })),
  )
})

/** How many run at a time. */
const concurrency = 2

/** Runs cells in their order, a few at a time. */
export function runCells(chosen: readonly Cell[]): readonly RunningCell[] {
  const lanes: Promise<unknown>[] = Array(concurrency).fill(Promise.resolve())
  return chosen.map((cell, index) => {
    const lane = index % concurrency
    const observation = (lanes[lane] ?? Promise.resolve()).then(() => cell.row.run(cell.configuration, cell.mode))
    lanes[lane] = observation.catch(() => {})
    return { ...cell, observation }
  })
}
