import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A watchdog's limit in milliseconds, not an expectation: what blocks for ever cannot be timed out from within. */
const limit = 60_000

/** Runs a program of the folder `programs` in a process of its own; returns what it printed, as JSON. */
export async function runProgram(name: string): Promise<unknown> {
  const script = fileURLToPath(new URL(`./programs/${name}`, import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: limit })
  return JSON.parse(stdout)
}
