export {
  type Case,
  type CaseContext,
  concerns,
  type Needs,
  type OnOutput,
  type ProgramOptions,
  type ProgramResult,
} from './case.ts'
export { cases, processCases } from './cases.ts'
export { runCase } from './run-case.ts'
