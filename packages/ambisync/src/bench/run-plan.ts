import { randomNumbers } from './bootstrap.ts'
import { keepCoresBusy } from './busy-cores.ts'
import type { CellOutcome } from './cell-data.ts'
import { describeMachine } from './machine.ts'
import { makeResults } from './make-results.ts'
import { canPin, pinned } from './placement.ts'
import type { Plan, PlannedScenario } from './plan.ts'
import type { Placement, Report } from './report-data.ts'
import { watch } from './watchdog.ts'

/** The contestants of one scenario in one placement, and what has come of each so far. */
interface RunningGroup {
  readonly scenario: PlannedScenario
  readonly placement: Placement
  readonly parameter: number | undefined
  readonly series: readonly RunningSeries[]
}

interface RunningSeries {
  readonly contestant: string
  readonly outcomes: CellOutcome[]
}

export interface Progress {
  /** Processes that have ended, of how many there will be at most. */
  readonly done: number
  readonly total: number
  readonly scenario: string
  readonly contestant: string
  readonly placement: Placement
  readonly round: number
}

/**
 * Measures all of a plan and reports.
 *
 * Contestants take turns in rounds, each in a fresh process, in another order each time: whatever else the machine does
 * meets all of them alike. One that has failed, or has nothing to measure, sits out the rounds that are left.
 * @throws {RangeError} if there is nothing to measure
 * @throws the reason of `plan.signal`, once it is aborted
 */
export async function runPlan(plan: Plan, onProgress: (progress: Progress) => void = () => {}): Promise<Report> {
  const { placements, scenarios, contestants, processes, runtime } = plan
  if (!Number.isInteger(processes) || processes < 1) throw new RangeError('processes: a whole number, at least 1')
  const groups = listGroups(plan)
  if (groups.length === 0) throw new RangeError('there is nothing to measure')
  const machine = describeMachine()
  const counter = new Counter(groups, plan, onProgress)
  const random = randomNumbers()
  for (const placement of placements) {
    const here = groups.filter((group) => group.placement === placement)
    const busy = placement === 'busy' && here.length > 0 ? await keepCoresBusy() : undefined
    try {
      await runRounds(plan, here, counter, random)
    } finally {
      busy?.end()
    }
  }
  return {
    format: 1,
    created: new Date().toISOString(),
    ...(plan.subject === undefined ? {} : { subject: plan.subject }),
    machine,
    runtime: runtime.name,
    effort: plan.effort,
    contestants,
    scenarios: scenarios.map(({ parameters, placements, without, timeout, ...reported }) => reported),
    results: groups.flatMap(makeResults),
  }
}

function listGroups({ scenarios, contestants, placements }: Plan): readonly RunningGroup[] {
  if (contestants.length === 0) return []
  return placements
    .filter((placement) => placement !== 'pinned' || canPin)
    .flatMap((placement) =>
      scenarios
        .filter((scenario) => scenario.placements?.includes(placement) ?? true)
        .flatMap((scenario) =>
          (scenario.parameters ?? [undefined]).map((parameter) => ({
            scenario,
            placement,
            parameter,
            series: contestants
              .filter(({ name }) => scenario.without?.includes(name) !== true)
              .map(({ name }) => ({ contestant: name, outcomes: [] })),
          })),
        ),
    )
}

async function runRounds(
  plan: Plan,
  groups: readonly RunningGroup[],
  counter: Counter,
  random: () => number,
): Promise<void> {
  const begin = performance.now()
  const limit = plan.budget ?? Number.POSITIVE_INFINITY
  for (let round = 0; round < plan.processes; round++) {
    const spent = performance.now() - begin
    if (round > 0 && spent + spent / round > limit) break
    for (const group of groups) {
      for (const series of shuffled(group.series, random)) {
        if (series.outcomes.some(({ kind }) => kind !== 'measured')) continue
        counter.begin(group, series, round)
        series.outcomes.push(await runOne(plan, group, series))
        counter.end(series)
      }
    }
  }
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

function runOne(plan: Plan, group: RunningGroup, { contestant }: RunningSeries): Promise<CellOutcome> {
  const { runtime, script, effort, signal } = plan
  const { scenario, placement, parameter } = group
  const command: [string, ...string[]] = [runtime.executable, ...(runtime.args ?? []), script]
  return watch({
    command: placement === 'pinned' ? pinned(command) : command,
    cell: { scenario: scenario.name, contestant, effort, ...(parameter === undefined ? {} : { parameter }) },
    timeout: scenario.timeout + 2 * (effort.warmUp + effort.time),
    signal,
  })
}

/** Counts processes. Those that are spared, where a contestant sits out, make the total smaller. */
class Counter {
  readonly #onProgress: (progress: Progress) => void
  readonly #processes: number
  #done = 0
  #total: number

  constructor(groups: readonly RunningGroup[], { processes }: Plan, onProgress: (progress: Progress) => void) {
    this.#onProgress = onProgress
    this.#processes = processes
    this.#total = groups.reduce((sum, { series }) => sum + series.length, 0) * processes
  }

  begin({ scenario, placement }: RunningGroup, { contestant }: RunningSeries, round: number): void {
    const where = { scenario: scenario.title, contestant, placement, round: round + 1 }
    this.#onProgress({ done: this.#done, total: this.#total, ...where })
  }

  end({ outcomes }: RunningSeries): void {
    this.#done++
    if (outcomes.at(-1)?.kind !== 'measured') this.#total -= this.#processes - outcomes.length
  }
}
