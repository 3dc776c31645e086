import { writeFileSync } from 'node:fs'
import type { Cell, CellOutcome } from './cell-data.ts'
import { describeError } from './describe-error.ts'
import { thin } from './thin.ts'

/** What a process is given as its argument, as JSON. */
export interface CellOrder {
  readonly cell: Cell
  /** The file that takes its outcome: what it prints is a contestant's own. */
  readonly outcome: string
}

/**
 * The whole of a script that measures a cell: does what the process was started for, writes down what came of it, and
 * ends the process, whatever a contestant has left open.
 *
 * `measure` gives samples in the unit of the scenario. What it throws is a failure, and a `NotSupportedError` says why
 * there is nothing to measure.
 */
export async function runCell(measure: (cell: Cell) => Promise<ArrayLike<number>>): Promise<void> {
  const { cell, outcome } = JSON.parse(process.argv[2] ?? '') as CellOrder
  const write = (result: CellOutcome): void => writeFileSync(outcome, JSON.stringify(result))
  try {
    const samples = await measure(cell)
    if (samples.length === 0) throw new Error('measured nothing')
    write(thin(samples))
  } catch (error) {
    write(isNotSupported(error) ? { kind: 'not supported', why: error.message } : failure(error))
  }
  process.exit()
}

function failure(error: unknown): CellOutcome {
  return { kind: 'failed', error: describeError(error) }
}

function isNotSupported(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_AMBISYNC_NOT_SUPPORTED'
}
