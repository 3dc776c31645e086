export { childProcess } from './child-process.ts'
export type { ChildProcessOptions, ProcessStdio } from './options.ts'
