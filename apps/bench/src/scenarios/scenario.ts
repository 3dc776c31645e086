import type { Effort, PlannedScenario } from 'ambisync/bench'
import type { Contestant } from '../contestants/contestant.ts'

export interface Scenario extends PlannedScenario {
  /** Makes what all processes of a run share, before the first of them starts; `end` takes it away. */
  share?(): Promise<{ end(): void }>
  /**
   * Measures a contestant in this process, which does nothing else. Gives samples in the unit of the scenario.
   * @throws {NotSupportedError} why the contestant has no part in it
   * @throws {Error} whatever a contestant throws, and if one answers wrongly
   */
  measure(contestant: Contestant, order: Order): Promise<ArrayLike<number>>
}

export interface Order {
  readonly effort: Effort
  /** Which of the scenario's `parameters`. */
  readonly parameter?: number | undefined
}
