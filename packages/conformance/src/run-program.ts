import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A watchdog's limit in milliseconds, not an expectation: what blocks for ever cannot be timed out from within. */
const limit = 120_000

/**
 * Runs a program in a process of its own, for what a test framework's own process cannot show.
 *
 * @param program URL of its file; its folder is its working directory
 * @param nodeOptions such as `--expose-gc`
 * @returns what it printed, as JSON
 * @throws {Error} if it fails, prints anything else, or takes longer than 120 s
 */
export async function runProgram(program: URL, nodeOptions: readonly string[] = []): Promise<unknown> {
  const script = fileURLToPath(program)
  const options = { timeout: limit, cwd: dirname(script), killSignal: 'SIGKILL' as const }
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, script], options)
  return JSON.parse(stdout)
}
