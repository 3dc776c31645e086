import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cell, CellOutcome } from './cell-data.ts'
import { shorten } from './describe-error.ts'
import type { CellOrder } from './run-cell.ts'

/** A process group of its own can be ended as a whole, with the processes that a contestant has started. */
const hasGroups = process.platform !== 'win32'

const running = new Set<ChildProcess>()

export interface Watched {
  /** The command and its arguments; the order is added as the last. */
  readonly command: readonly [string, ...string[]]
  readonly cell: Cell
  /** Milliseconds after which the process has hung. */
  readonly timeout: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Measures a cell in a process of its own, and ends that, with all that it has started.
 *
 * Never rejects on account of the process: one that hangs, crashes or ends without an answer is a failed outcome that
 * says so, with the end of what it printed to stderr.
 * @throws the reason of `signal`, once it is aborted
 */
export async function watch({ command, cell, timeout, signal }: Watched): Promise<CellOutcome> {
  signal?.throwIfAborted()
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-bench-'))
  const outcome = join(folder, 'outcome.json')
  const [file, ...args] = command
  const child = spawn(file, [...args, JSON.stringify({ cell, outcome } satisfies CellOrder)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: hasGroups,
  })
  running.add(child)
  let printed = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-8_192)
  })
  const timer = new AbortController()
  try {
    const ended = once(child, 'exit', signal === undefined ? {} : { signal }) as Promise<[number | null, string | null]>
    const late = sleep(timeout, 'late' as const, { signal: timer.signal })
    // What is left of the two when the other is there is of no interest.
    late.catch(() => {})
    const end = await Promise.race([ended, late])
    if (end === 'late') {
      ended.catch(() => {})
      return { kind: 'failed', error: withLastWords(`no answer within ${timeout / 1_000} s`, printed) }
    }
    return readOutcome(outcome) ?? { kind: 'failed', error: await describeEnd(child, end, () => printed) }
  } catch (error) {
    signal?.throwIfAborted()
    return { kind: 'failed', error: `could not be started: ${String(error)}` }
  } finally {
    timer.abort()
    end(child)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Ends all that are under way, for when this process ends. */
export function endAll(): void {
  for (const child of running) end(child)
}

process.on('exit', endAll)

function end(child: ChildProcess): void {
  running.delete(child)
  child.stderr?.destroy()
  if (child.pid === undefined) return
  try {
    process.kill(hasGroups ? -child.pid : child.pid, 'SIGKILL')
  } catch {
    // There is nothing left of it.
  }
}

function readOutcome(file: string): CellOutcome | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as CellOutcome
  } catch {
    return undefined
  }
}

/** What was on its way when the process ended has arrived once the pipe is idle: a grandchild may hold it open for ever. */
async function describeEnd(
  child: ChildProcess,
  [code, signal]: [number | null, string | null],
  printed: () => string,
): Promise<string> {
  await new Promise((resolve) => setImmediate(resolve))
  if (child.stderr !== null && !child.stderr.readableEnded) {
    await Promise.race([once(child.stderr, 'end').catch(() => {}), sleep(200)])
  }
  const how = signal === null ? `exited with code ${code} before it answered` : `was ended by ${signal}`
  return withLastWords(how, printed())
}

/** The line of a stack trace that names the error says most; or else the last line. */
function withLastWords(what: string, printed: string): string {
  const lines = printed.split('\n').filter((line) => line.trim() !== '')
  const words = lines.find((line) => /^(?:Uncaught )?\w*(?:Error|Exception)\b.*:/.test(line)) ?? lines.at(-1)
  return shorten(words === undefined ? what : `${what}: ${words}`)
}
