import type { Capabilities } from '@ambisync/core/adapter'
import type { Configuration } from '../configurations.ts'
import { type Mode, modes, type Observation } from './cells.ts'
import type { Expectation } from './expectation.ts'
import { failures } from './failures.ts'
import { interruptions } from './interruptions.ts'
import { runFailure } from './run-failure.ts'
import { runInterruption } from './run-interruption.ts'

/** A row of the matrix: a failure, or an interruption. */
export interface Row {
  readonly name: string
  readonly modes: readonly Mode[]
  readonly expected: (capabilities: Capabilities, mode: Mode) => Expectation
  readonly run: (configuration: Configuration, mode: Mode) => Promise<Observation>
}

export const rows: readonly Row[] = [
  ...failures.map((failure) => ({
    name: failure.name,
    modes,
    expected: failure.expected,
    run: (configuration: Configuration, mode: Mode) => runFailure(failure, configuration, mode),
  })),
  ...interruptions.map((interruption) => ({
    name: interruption.name,
    modes: interruption.modes,
    expected: interruption.expected,
    run: (configuration: Configuration, mode: Mode) => runInterruption(interruption, configuration, mode),
  })),
]
