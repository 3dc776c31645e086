import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { OnOutput, ProgramOptions, ProgramResult } from './case.ts'

/** Longest time for a program, in milliseconds. A watchdog's limit: a program is done in a fraction of it. */
export const programLimit = 20_000

/** What a slow reader takes at a time, in bytes. */
const piece = 64 * 1_024

export function runProgram(
  name: string,
  args: readonly string[],
  onOutput: OnOutput = () => {},
  { args: more = [], readSlowly }: ProgramOptions = {},
  limit: number = programLimit,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url))
    const child = spawn(process.execPath, [script, ...args, ...more], { stdio: ['pipe', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    let hung = false
    const watchdog = setTimeout(() => {
      hung = true
      child.kill('SIGKILL')
    }, limit)
    const decoder = new TextDecoder()
    const takeFrom = readSlowly ? takePieces : takeAll
    takeFrom(child, (bytes) => {
      stdout += decoder.decode(bytes, { stream: true })
      onOutput(stdout, (line) => child.stdin.end(`${line}\n`))
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (exitCode) => {
      clearTimeout(watchdog)
      if (hung) reject(new Error(`the program ${name} did not end within ${limit} ms; it printed: ${stdout}${stderr}`))
      else resolve({ exitCode, stdout, stderr })
    })
  })
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

function takeAll({ stdout }: Child, take: (bytes: Buffer) => void): void {
  stdout.on('data', take)
}

/** One piece, and the next one when the event loop has turned. The stream itself reads no further ahead than a piece. */
function takePieces({ stdout, stderr }: Child, take: (bytes: Buffer) => void): void {
  let due = false
  const takeOne = (): void => {
    due = false
    // Less than a whole one is there at the end only, or where there is no more yet.
    const bytes: Buffer | null = stdout.read(piece) ?? stdout.read()
    if (bytes !== null) take(bytes)
    // Bun does not tell of what is left.
    if (stdout.readableLength > 0) takeSoon()
  }
  const takeSoon = (): void => {
    if (due) return
    due = true
    setImmediate(takeOne)
  }
  stderr.once('data', () => {
    stdout.on('readable', takeSoon)
  })
}
