import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canPin, type Plan, type Report, runPlan, showProgress } from 'ambisync/bench'
import { exitCodes, Misuse } from '../command/exit-codes.ts'
import { runtimeName } from '../runtime-name.ts'
import { type Field, findContestants } from './contestants.ts'
import { failedReport } from './failed-report.ts'
import { type Fault, inspectTask } from './inspection.ts'
import { giveOrder, type Order } from './order.ts'
import { scenariosOf } from './scenarios.ts'
import { parseArguments, parseTarget } from './target.ts'
import { checkOutputs, type Outputs, writeReport } from './write-report.ts'

export interface BenchOptions extends Outputs {
  readonly args: string
  readonly only?: readonly string[]
  readonly processes: number
  readonly time: number
  readonly timeout: number
  readonly pinned?: true
  readonly varying?: true
}

/** How a comparison ended: with what is to be said on stderr, and the command's exit code. */
export interface BenchEnd {
  readonly message?: string
  readonly exitCode: number
}

/** Compares, and writes the report. Where there is nothing to compare, the report says so in every row. */
export async function runBench(text: string, options: BenchOptions): Promise<BenchEnd> {
  checkOutputs(options)
  const field = await findContestants(options.only)
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-bench-'))
  const interrupt = new AbortController()
  const onInterrupt = (): void => interrupt.abort()
  process.once('SIGINT', onInterrupt)
  try {
    const order = makeOrder(text, options, folder)
    const fault = 'message' in order ? order : await inspectTask(order, options.timeout, interrupt.signal)
    const report =
      fault === undefined && !('message' in order)
        ? await measure(order, field, options, interrupt.signal)
        : failedReport(field.contestants, scenariosOf(text, options.timeout), fault?.message ?? '')
    await writeReport(report, field, options)
    return fault ?? { exitCode: hasMeasured(report) ? exitCodes.done : exitCodes.failed }
  } catch (error) {
    if (!interrupt.signal.aborted) throw error
    return { exitCode: exitCodes.interrupted }
  } finally {
    process.off('SIGINT', onInterrupt)
    rmSync(folder, { recursive: true, force: true })
  }
}

function makeOrder(text: string, { args, varying }: BenchOptions, folder: string): Order | Fault {
  try {
    return {
      target: parseTarget(text, process.cwd()),
      args: parseArguments(args),
      varying: varying === true,
      findings: join(folder, 'findings.json'),
      result: join(folder, 'result'),
    }
  } catch (error) {
    if (error instanceof Misuse) return { message: error.message, exitCode: exitCodes.misuse }
    throw error
  }
}

async function measure(order: Order, field: Field, options: BenchOptions, signal: AbortSignal): Promise<Report> {
  const { processes, time, timeout, pinned } = options
  const plan: Plan = {
    scenarios: scenariosOf(order.target.name, timeout),
    contestants: field.contestants,
    placements: pinned && canPin ? ['free', 'pinned'] : ['free'],
    script: fileURLToPath(new URL('./measure-process.js', import.meta.url)),
    runtime: { name: runtimeName(), executable: process.execPath, args: process.execArgv },
    effort: { warmUp: time / 4, time },
    processes,
    signal,
  }
  giveOrder(order)
  const progress = process.stderr.isTTY ? showProgress() : undefined
  try {
    return await runPlan(plan, progress?.update)
  } finally {
    progress?.stop()
  }
}

function hasMeasured({ results }: Report): boolean {
  return results.some(({ outcome }) => outcome.kind === 'measured')
}
