import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** What came of a case, one way: its responses or errors, and the requests that the servers saw. */
interface CaseRecord {
  readonly results: unknown
  readonly outcome: string
  readonly seen: unknown
}

/** The records of a way, by the names of the cases, and the requests that belong to none: those to a proxy. */
export interface TableRecord {
  readonly byName: ReadonlyMap<string, CaseRecord>
  readonly seenByNone: unknown
}

interface Line {
  readonly number: number
  readonly name: string
  readonly results: unknown
  readonly outcome: string
}

/** A watchdog's limit for one case, in milliseconds: what blocks for ever cannot be timed out from within. */
const limit = 20_000

/**
 * Runs the whole table one way, against servers of its own, each in a child process.
 *
 * A case that hangs, or with which its process ends, has that for its result; those after it run in a fresh process.
 */
export async function runTable(way: string, names: readonly string[]): Promise<TableRecord> {
  const servers = start('servers/main.js', [], 'pipe')
  const said = linesOf(servers)
  const origins = await next(said)
  const lines: Line[] = []
  while (lines.length < names.length) {
    lines.push(...(await runFrom(way, origins, lines.length)))
    const number = lines.length
    const name = names[number]
    if (name !== undefined) lines.push({ number, name, results: 'its process hung or ended', outcome: 'none' })
  }
  servers.stdin?.end()
  const seen: Readonly<Record<string, unknown>> = JSON.parse(await next(said))
  const byName = new Map(lines.map(({ number, name, ...line }) => [name, { ...line, seen: seen[number] ?? [] }]))
  return { byName, seenByNone: seen.none }
}

async function runFrom(way: string, origins: string, from: number): Promise<Line[]> {
  const program = start('programs/run.js', [way, origins, String(from)], 'ignore')
  const end = once(program, 'exit')
  const watchdog = setTimeout(() => program.kill('SIGKILL'), limit)
  const lines: Line[] = []
  for await (const line of linesOf(program)) {
    lines.push(JSON.parse(line))
    watchdog.refresh()
  }
  await end
  clearTimeout(watchdog)
  return lines
}

function start(program: string, args: readonly string[], stdin: 'pipe' | 'ignore'): ChildProcess {
  const path = fileURLToPath(new URL(program, import.meta.url))
  return spawn(process.execPath, ['--no-warnings', path, ...args], { stdio: [stdin, 'pipe', 'inherit'] })
}

function linesOf({ stdout }: ChildProcess): AsyncIterableIterator<string> {
  if (stdout === null) throw new Error('its output is not piped')
  return createInterface({ input: stdout })[Symbol.asyncIterator]()
}

async function next(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next()
  if (done === true) throw new Error('the servers ended')
  return value
}
