import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly code: unknown
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program of this app, as it is built, under a watchdog. */
export function runProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const script = fileURLToPath(new URL(`../dist/${program}.js`, import.meta.url))
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, timeout: 300_000 }
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    )
  })
}
