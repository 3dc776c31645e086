import { readFileSync, writeFileSync } from 'node:fs'
import { type ConfigurationName, configurationNames } from './configurations.ts'

/** What a run has seen of one adapter on one runtime. */
export interface Cell {
  readonly runtime: string
  /** Such as `Bun 1.4.5`. */
  readonly version: string
  readonly configuration: ConfigurationName
  readonly seen: Unsupported | Counts
}

/** It cannot work there, and says so. */
export interface Unsupported {
  readonly notSupported: string
}

export interface Counts {
  /** How many there are for what the adapter declares there. Where fewer were run, those are a sample. */
  readonly cases: number
  readonly passed: number
  readonly notApplicable: number
  readonly failed: readonly Failed[]
}

export interface Failed {
  readonly name: string
  /** As in `known-failures.ts`; undefined where nobody knows. */
  readonly reason: string | undefined
  readonly issue: string | undefined
}

const path = new URL('../../../docs/data/runtimes.json', import.meta.url)

const runtimeOrder = ['node20', 'node22', 'node24', 'node26', 'bun', 'deno']

export function readRecord(): readonly Cell[] {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Number of a cell, in the order of the table. */
export function placeOf({ runtime, configuration }: Pick<Cell, 'runtime' | 'configuration'>): number {
  return runtimeOrder.indexOf(runtime) * configurationNames.length + configurationNames.indexOf(configuration)
}

/** Puts a cell in the place of the one before, in the order of the table. */
export function keepCell(cell: Cell): void {
  const others = readRecord().filter((each) => placeOf(each) !== placeOf(cell))
  const all = [...others, cell].sort((a, b) => placeOf(a) - placeOf(b))
  writeFileSync(path, `${JSON.stringify(all, undefined, 2)}\n`)
}
