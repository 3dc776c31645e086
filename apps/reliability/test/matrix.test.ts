import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { configurations } from '../src/configurations.ts'
import { type MatrixRecord, type ObservedCell, recordMatrix } from '../src/matrix/record.ts'
import { cells, runCells } from '../src/matrix/run-matrix.ts'

const root = new URL('../../../', import.meta.url)

/** A watchdog's limits in milliseconds: cells have one of their own, and wait for those before them. */
const cellLimit = 300_000
/** In milliseconds: ten times the second within which a caller is to know. */
const knownLimit = 10_000

/** They begin now, a few at a time, in the order of the tests. */
const running = runCells(cells)
const observed: ObservedCell[] = []

for (const { name } of configurations) {
  describe(name, () => {
    for (const { observation, ...cell } of running) {
      if (cell.configuration.name !== name) continue
      it(
        `${cell.row.name} (${cell.mode})`,
        async () => {
          const { oneOf } = cell.expectation
          const seen = await observation
          observed.push({ ...cell, observed: seen })
          const wanted = oneOf.length === 1 ? oneOf[0] : expect.toBeOneOf([...oneOf])
          expect(seen.seen, seen.stderr).toEqual(wanted)
          expect(seen.milliseconds ?? 0).toBeLessThan(knownLimit)
        },
        cellLimit,
      )
    }
  })
}

it('saw what the table in docs/reliability.md says (pnpm matrix, then pnpm generate)', () => {
  const written: MatrixRecord = JSON.parse(readFileSync(new URL('docs/data/failure-matrix.json', root), 'utf8'))
  expect(timeless(recordMatrix(observed))).toEqual(timeless(written))
})

/** When the caller knew depends on what else the machine does. */
function timeless({ cells }: MatrixRecord): object[] {
  return cells.map(({ withinASecond: _, ...cell }) => cell)
}

afterAll(() => {
  mkdirSync(new URL('reports/', root), { recursive: true })
  writeFileSync(new URL('reports/failure-matrix.json', root), JSON.stringify(observed, undefined, 2))
})
