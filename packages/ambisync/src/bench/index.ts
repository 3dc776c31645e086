export type { FailureRow, SeenEnd, SeenError, SeenOutcome } from './report/failure-row.ts'
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
