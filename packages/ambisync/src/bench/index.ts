export { abortOnSignals, type Interruption } from './abort-on-signals.ts'
export { keepCoresBusy } from './busy-cores.ts'
export type { Cell, CellOutcome, Effort, MeasuredCell } from './cell-data.ts'
export { type Change, type Comparison, compareReports } from './compare.ts'
export { type Leaders, leadersOf } from './leaders.ts'
export { describeMachine } from './machine.ts'
export { parseReport } from './parse-report.ts'
export { canPin, pinned } from './placement.ts'
export type { Plan, PlannedRuntime, PlannedScenario } from './plan.ts'
export type { FailureRow, SeenEnd, SeenError, SeenOutcome } from './report/failure-row.ts'
export { formatNumber, formatQuantity } from './report/quantity.ts'
export { renderReport } from './report/render-report.ts'
export { summarize } from './report/summary.ts'
export type {
  Measured,
  Placement,
  Report,
  ReportedContestant,
  ReportedScenario,
  Result,
} from './report-data.ts'
export { placements } from './report-data.ts'
export { type Progress, runPlan } from './run-plan.ts'
export { showProgress } from './show-progress.ts'
export { changesTable, reportTables, type TableOptions } from './tables.ts'
export { type Watched, watch } from './watchdog.ts'
export { sayWinners } from './winners.ts'
