import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { abortOnSignals, canPin, type Plan, type Report, runPlan, showProgress } from 'ambisync/bench'
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

/** How a comparison ended: with a line that is to be said on stderr, and the command's exit code. */
export interface BenchEnd {
  readonly message?: string
  readonly exitCode: number
}

/** Compares, and writes the report. Where the function fails by itself, that is all the report has. */
export async function runBench(text: string, options: BenchOptions): Promise<BenchEnd> {
  checkOutputs(options)
  if (options.pinned && !canPin) throw new Misuse('--pinned is done by taskset, which only Linux has, and is not here')
  const field = await findContestants(options.only)
  const folder = makeFolder()
  const interruption = abortOnSignals()
  try {
    const { report, fault, note } = await compare(text, field, options, folder, interruption.signal)
    await writeReport(report, field, options)
    return fault === undefined ? endOf(report, note) : { ...fault, message: `error: ${fault.message}` }
  } catch (error) {
    const exitCode = interruption.exitCode()
    if (exitCode === undefined) throw error
    return { exitCode }
  } finally {
    interruption.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Compared {
  readonly report: Report
  /** What is wrong with the function, or with how it was named. */
  readonly fault?: Fault
  readonly note?: string
}

async function compare(
  text: string,
  field: Field,
  options: BenchOptions,
  folder: string,
  signal: AbortSignal,
): Promise<Compared> {
  const fail = (fault: Fault): Compared => ({
    report: failedReport(scenariosOf(text, options.timeout), fault.message),
    fault,
  })
  let order: Order
  try {
    order = makeOrder(text, options, folder)
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    return fail({ message: error.message, exitCode: exitCodes.misuse })
  }
  const found = await inspectTask(order, options.timeout, signal)
  if ('message' in found) return fail(found)
  const report = await measure({ ...order, ...found }, field, options, signal)
  return found.hasResult || options.varying
    ? { report }
    : { report, note: `what ${order.target.name} returns cannot be written down, so results were not compared` }
}

function makeOrder(text: string, { args, varying }: BenchOptions, folder: string): Order {
  return {
    target: parseTarget(text, process.cwd()),
    args: parseArguments(args),
    varying: varying === true,
    folder,
    hasResult: false,
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'ambisync-bench-'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Misuse(`there is no place for temporary files: ${why}; see TMPDIR`, { cause })
  }
}

/** It is of no use if no strategy has a figure. */
function endOf({ contestants, results }: Report, note: string | undefined): BenchEnd {
  const names = contestants.filter(({ kind }) => kind === 'adapter').map(({ name }) => name)
  const isMeasured = results.some(
    ({ contestant, outcome }) => outcome.kind === 'measured' && names.includes(contestant),
  )
  if (isMeasured) return { exitCode: exitCodes.done, ...(note === undefined ? {} : { message: `note: ${note}` }) }
  return { exitCode: exitCodes.failed, message: 'error: no strategy could call it; see the rows of the report' }
}

async function measure(order: Order, field: Field, options: BenchOptions, signal: AbortSignal): Promise<Report> {
  const { processes, time, timeout, pinned } = options
  const plan: Plan = {
    subject: subjectOf(order),
    scenarios: scenariosOf(order.target.name, timeout),
    contestants: field.contestants,
    placements: pinned ? ['free', 'pinned'] : ['free'],
    script: fileURLToPath(new URL('./measure-process.js', import.meta.url)),
    runtime: { name: runtimeName(), executable: process.execPath, args: process.execArgv },
    effort: { warmUp: time / 4, time },
    processes,
    signal,
  }
  giveOrder(order)
  const progress = showProgress()
  try {
    return await runPlan(plan, progress.update)
  } finally {
    progress.stop()
  }
}

function subjectOf({ target: { name, module }, args }: Order): string {
  const text = JSON.stringify(args)
  return `${name} of ${module}, with ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`
}
