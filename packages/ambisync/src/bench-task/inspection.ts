import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { withLastWords } from '../bench/last-words.ts'
import { hasGroups, killGroup } from '../bench/process-group.ts'
import { exitCodes } from '../command/exit-codes.ts'
import { nearest } from '../command/nearest.ts'
import { type Findings, readFindings } from './findings.ts'
import { giveOrder, type Order } from './order.ts'

/** Why there is nothing to measure. */
export interface Fault {
  readonly message: string
  readonly exitCode: number
}

export type Inspection = Fault | { readonly hasResult: boolean }

const script = fileURLToPath(new URL('./inspect-process.js', import.meta.url))

/**
 * Calls the function directly, without any strategy, in a process of its own: what is wrong with the function itself is said
 * once, and not by every strategy in its own words.
 *
 * @param patience milliseconds for two calls
 */
export async function inspectTask(order: Order, patience: number, signal: AbortSignal): Promise<Inspection> {
  giveOrder(order)
  const child = spawn(process.execPath, [...process.execArgv, script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: patience,
    killSignal: 'SIGKILL',
    // A group of its own, so that the processes which the task starts end with it.
    detached: hasGroups,
    signal,
  })
  let printed = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-8_192)
  })
  // Not `close`: a process that the task has started may hold the pipe open for ever.
  const [code, killed] = (await once(child, 'exit').finally(() => killGroup(child.pid))) as [
    number | null,
    string | null,
  ]
  await new Promise((resolve) => setImmediate(resolve))
  child.stderr.destroy()
  const findings = readFindings(order)
  if (findings.problem !== 'unfinished') return judge(order, findings)
  const { name, module } = order.target
  const who = findings.isLoaded ? name : `${module}, as it was loaded,`
  const fault = findings.isLoaded ? failure : misuse
  if (child.killed) return fault(`${who} did not end within ${patience / 1_000} s, called directly; see --timeout`)
  if (code === unsettled) return fault(`${who} never ends: nothing is left that could settle what it waits for`)
  return fault(withLastWords(`${who} ended its whole process (${killed ?? `exit code ${code}`})`, printed))
}

function judge(order: Order, findings: Exclude<Findings, { problem: 'unfinished' }>): Inspection {
  const { name, module } = order.target
  switch (findings.problem) {
    case undefined:
      return findings
    case 'module':
      return misuse(`${module} cannot be loaded: ${findings.why}`)
    case 'export':
      return misuse(describeExports(order, findings.exists, findings.names))
    case 'throws':
      return failure(`${name} failed, called directly: ${findings.why}`)
    case 'varies':
      return failure(
        `${name} returned something different each time: ${findings.first}, then ${findings.second}; if that is as it ` +
          'should be, add --varying',
      )
  }
}

/** Node's exit code where a module waits for what nothing can settle any more. */
const unsettled = 13

function describeExports({ target: { module, name } }: Order, exists: boolean, names: readonly string[]): string {
  const what = exists ? `the export ${name} of ${module} is no function` : `${module} has no export ${name}`
  if (names.length === 0) return `${what}; it exports no functions`
  const near = nearest(name, names)
  return `${what}; ${near === undefined ? `its functions: ${names.join(', ')}` : `did you mean ${near}?`}`
}

const failure = (message: string): Fault => ({ message, exitCode: exitCodes.failed })
const misuse = (message: string): Fault => ({ message, exitCode: exitCodes.misuse })
