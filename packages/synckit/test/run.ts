import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Runs a program of this folder to its end, under a watchdog. */
export function runProgram(
  code: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: unknown }> {
  return new Promise((resolve) => {
    const options = {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, ...env },
      timeout: 50_000,
      killSignal: 'SIGKILL',
    } as const
    execFile(process.execPath, ['--input-type=module', '-e', code], options, (error, stdout, stderr) =>
      resolve({ stdout, stderr, exitCode: error?.code ?? 0 }),
    )
  })
}
