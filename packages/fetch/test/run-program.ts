import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A watchdog's limit in milliseconds, not an expectation: what blocks for ever cannot be timed out from within. */
const limit = 60_000

/**
 * Runs a program of the folder `programs` in a process of its own.
 *
 * @returns what it printed, as JSON
 */
export async function runProgram(name: string, ...args: readonly string[]): Promise<unknown> {
  const script = fileURLToPath(new URL(`./programs/${name.includes('.') ? name : `${name}.js`}`, import.meta.url))
  const options = { timeout: limit, cwd: dirname(script), killSignal: 'SIGKILL' as const, maxBuffer: 2 ** 26 }
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, ...args], options)
  return JSON.parse(stdout)
}
