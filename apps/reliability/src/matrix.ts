/**
 * Runs the failure matrix and says what each cell saw: `node matrix.js [pattern]`, where a pattern chooses cells by
 * `configuration: row (mode)`. Ends with 1 if one saw what it should not.
 *
 * The whole matrix, seen as it should be, is written to docs/data/failure-matrix.json, which the table is made from.
 */
import { writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { formatRecord, type ObservedCell, recordMatrix } from './matrix/record.ts'
import { cells, runCells } from './matrix/run-matrix.ts'

const pattern = new RegExp(process.argv[2] ?? '')
const chosen = cells.filter(({ row, configuration, mode }) =>
  pattern.test(`${configuration.name}: ${row.name} (${mode})`),
)
const observed: ObservedCell[] = []
for (const { observation, ...cell } of runCells(chosen)) {
  const { row, configuration, mode, expectation } = cell
  const seen = await observation
  observed.push({ ...cell, observed: seen })
  const isRight = expectation.oneOf.some((one) => isDeepStrictEqual(one, seen.seen))
  const time = seen.milliseconds === undefined ? '' : `, after ${Math.round(seen.milliseconds)} ms`
  const verdict = isRight ? 'right' : 'WRONG'
  console.log(`${verdict} ${configuration.name}: ${row.name} (${mode}): ${JSON.stringify(seen.seen)}${time}`)
  if (isRight) continue
  console.log(`expected ${JSON.stringify(expectation.oneOf)}; standard error: ${seen.stderr}`)
  process.exitCode = 1
}
if (chosen.length === cells.length && process.exitCode === undefined) {
  writeFileSync(
    new URL('../../../docs/data/failure-matrix.json', import.meta.url),
    formatRecord(recordMatrix(observed)),
  )
}
