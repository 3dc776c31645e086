/** What a process that measures one cell needs, and no more: its imports are a part of what a run takes. */
export type { Cell, Effort } from './cell-data.ts'
export { inMacrotask } from './in-macrotask.ts'
export { canPin } from './placement.ts'
export { runCell } from './run-cell.ts'
export { type TimedCalls, timeCalls } from './time-calls.ts'
