import { join } from 'node:path'
import { type Ended, run } from './run.ts'

interface Message {
  readonly ruleId: string | null
  readonly message: string
  readonly line: number
  readonly column: number
}

export interface FileReport {
  readonly filePath: string
  readonly messages: readonly Message[]
}

/** ESLint's own command, as JSON. */
export function lintArguments(consumer: string, ...paths: readonly string[]): readonly string[] {
  const command = join(consumer, 'node_modules', 'eslint', 'bin', 'eslint.js')
  return [command, '--config', join(consumer, 'eslint.config.js'), '--format', 'json', ...paths]
}

/** It exits with 1 as there is something to report. */
export function lint(consumer: string, code: string): Promise<Ended> {
  return run(process.execPath, lintArguments(consumer, code), { cwd: code, exitCodes: [1] })
}
