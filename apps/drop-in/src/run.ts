import { execFile } from 'node:child_process'

export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Exit codes that are no failure. Default: 0. */
  readonly exitCodes?: readonly number[]
}

export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Without what the package manager and the test runner that run this have set for themselves. */
const inherited = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|pnpm_|VITEST|NODE_ENV$|TEST$|NODE_PATH$|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$|SYNCKIT_)/i.test(name),
  ),
)

/** What hangs is killed after this, in milliseconds: ten times what the slowest one takes. */
const watchdog = 280_000

/** Runs a command to its end, under a watchdog. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, env = {}, exitCodes = [0] } = options
  return new Promise((resolve, reject) => {
    const settings = {
      cwd,
      env: { ...inherited, ...env },
      timeout: watchdog,
      killSignal: 'SIGKILL',
      maxBuffer: 2 ** 28,
    } as const
    execFile(command, args, settings, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code
      if (typeof exitCode === 'number' && exitCodes.includes(exitCode)) return resolve({ exitCode, stdout, stderr })
      const how =
        error?.killed === true ? `did not end within ${watchdog} ms` : `ended with ${exitCode ?? error?.signal}`
      reject(new Error(`${command} ${args.join(' ')} ${how}:\n${stdout}\n${stderr}`, { cause: error }))
    })
  })
}
