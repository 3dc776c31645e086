import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { exitCodes } from '../command/exit-codes.ts'
import { nearest } from '../command/nearest.ts'
import { giveOrder, type Order } from './order.ts'

/** What a process has found that called the function directly. */
export type Findings =
  | { readonly problem: undefined; readonly isComparable: boolean }
  | { readonly problem: 'module'; readonly why: string }
  | { readonly problem: 'export'; readonly exists: boolean; readonly names: readonly string[] }
  | { readonly problem: 'throws'; readonly why: string }
  | { readonly problem: 'varies'; readonly first: string; readonly second: string }

/** Why there is nothing to measure. */
export interface Fault {
  readonly message: string
  readonly exitCode: number
}

const script = fileURLToPath(new URL('./inspect-process.js', import.meta.url))

/**
 * Calls the function directly, without any strategy, in a process of its own: what is wrong with the function itself is said
 * once, and not by every strategy in its own words.
 *
 * @param patience milliseconds for two calls
 */
export async function inspectTask(order: Order, patience: number, signal: AbortSignal): Promise<Fault | undefined> {
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
  const [code, killed] = (await once(child, 'exit').finally(() => endGroup(child.pid))) as [
    number | null,
    string | null,
  ]
  await new Promise((resolve) => setImmediate(resolve))
  child.stderr.destroy()
  const { name, module } = order.target
  const findings = readFindings(order.findings)
  if (findings === undefined) {
    if (child.killed) return failure(`${name} did not end within ${patience / 1_000} s, called directly; see --timeout`)
    if (code === unsettled) return failure(`${name} never ends: nothing is left that could settle what it waits for`)
    const lines = printed.split('\n').filter((line) => line.trim() !== '')
    const words = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1)
    const how = killed === null ? `exit code ${code}` : killed
    return failure(`${name} ended its whole process (${how})${words === undefined ? '' : `: ${words.trim()}`}`)
  }
  switch (findings.problem) {
    case undefined:
      return undefined
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

const hasGroups = process.platform !== 'win32'

function endGroup(pid: number | undefined): void {
  if (pid === undefined || !hasGroups) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // There is nothing left of it.
  }
}

function describeExports({ target: { module, name } }: Order, exists: boolean, names: readonly string[]): string {
  const what = exists ? `the export ${name} of ${module} is no function` : `${module} has no export ${name}`
  if (names.length === 0) return `${what}; it exports no functions`
  const near = nearest(name, names)
  return `${what}; ${near === undefined ? `its functions: ${names.join(', ')}` : `did you mean ${near}?`}`
}

function readFindings(file: string): Findings | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const failure = (message: string): Fault => ({ message, exitCode: exitCodes.failed })
const misuse = (message: string): Fault => ({ message, exitCode: exitCodes.misuse })
