/** What runs on every runtime: no file behind this imports anything of Node's. */
export { type Case, type CaseContext, concerns } from './case.ts'
export { portableCases } from './portable-cases.ts'
export { runCase } from './run-case.ts'
