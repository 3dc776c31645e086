import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cell, CellOutcome } from './cell-data.ts'
import { withLastWords } from './last-words.ts'
import { hasGroups, killGroup } from './process-group.ts'
import type { CellOrder } from './run-cell.ts'

/** Those under way, which end with this process, whatever ends it but a signal. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) endGroup(child)
})

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
  const timer = new AbortController()
  let child: ChildProcess | undefined
  try {
    const [file, ...args] = command
    child = spawn(file, [...args, JSON.stringify({ cell, outcome } satisfies CellOrder)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: hasGroups,
    })
    running.add(child)
    const printed = collect(child)
    const ended = once(child, 'exit', signal === undefined ? {} : { signal }) as Promise<[number | null, string | null]>
    const late = sleep(timeout, 'late' as const, { signal: timer.signal })
    // What is left of the two when the other is there is of no interest.
    late.catch(() => {})
    const end = await Promise.race([ended, late])
    if (end !== 'late') {
      return readOutcome(outcome) ?? { kind: 'failed', error: await describeEnd(child, end, printed) }
    }
    ended.catch(() => {})
    const what = readOutcome(outcome) === undefined ? 'no answer' : 'it did not end'
    return { kind: 'failed', error: withLastWords(`${what} within ${timeout / 1_000} s`, printed()) }
  } catch (error) {
    signal?.throwIfAborted()
    return { kind: 'failed', error: `could not be started: ${String(error)}` }
  } finally {
    timer.abort()
    if (child !== undefined) endGroup(child)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The end of what it prints to stderr. */
function collect({ stderr }: ChildProcess): () => string {
  let printed = ''
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-8_192)
  })
  return () => printed
}

/** With all that it has started, as far as that has not left the group. */
function endGroup(child: ChildProcess): void {
  running.delete(child)
  child.stderr?.destroy()
  killGroup(child.pid)
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
