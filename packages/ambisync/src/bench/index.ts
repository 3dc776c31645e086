export { type Ratio, ratioOfMedians } from './bootstrap.ts'
export type { Cell, CellOutcome, Effort, MeasuredCell } from './cell-data.ts'
export { type Change, compareReports, parseReport } from './compare.ts'
export { type Group, makeResults, type Series } from './make-results.ts'
export { canPin, keepCoresBusy, pinned } from './placement.ts'
export type { Plan, PlannedRuntime, PlannedScenario } from './plan.ts'
export { median, quantiles } from './quantiles.ts'
export { fewestRounds, type Ranked, rank } from './ranks.ts'
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
export { type Progress, runPlan } from './run-plan.ts'
export { showProgress } from './show-progress.ts'
export { changesTable, reportTables, type TableOptions } from './tables.ts'
export { type Watched, watch } from './watchdog.ts'
export { sayWinners } from './winners.ts'
