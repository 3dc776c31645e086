import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ProgramResult } from './case.ts'

/** Longest time for a program, in milliseconds. A watchdog's limit: a program is done in a fraction of it. */
const limit = 20_000

export function runProgram(
  name: string,
  args: readonly string[],
  onOutput: (printed: string, answer: (line: string) => void) => void = () => {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL(`./programs/${name}.js`, import.meta.url))
    const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    let hung = false
    const watchdog = setTimeout(() => {
      hung = true
      child.kill('SIGKILL')
    }, limit)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
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
