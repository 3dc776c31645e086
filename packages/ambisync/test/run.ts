import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What is built and published: the command is a process, and so are its probes. */
export const commandPath: string = fileURLToPath(new URL('../dist/command.js', import.meta.url))

export interface Run {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Arguments for Node.js itself. */
  readonly execArgv?: readonly string[]
}

/** Without what would decide about colours and questions, and where packages and Redis are found. */
const { CI, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, NODE_PATH, REDIS_URL, npm_config_user_agent, ...rest } = process.env
export const surroundings: Readonly<NodeJS.ProcessEnv> = rest

/** Runs the command to its end, without a terminal. */
export function runCommand(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return runNode([commandPath, ...args], options)
}

/** Runs Node.js to its end under a watchdog. */
export function runNode(args: readonly string[], { cwd, env = {}, execArgv = [] }: RunOptions = {}): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...surroundings, ...env }, timeout: 110_000, killSignal: 'SIGKILL' } as const
    const child = execFile(process.execPath, [...execArgv, ...args], options, (_, stdout, stderr) =>
      resolve({ stdout, stderr, exitCode: child.exitCode ?? -1 }),
    )
    child.stdin?.end()
  })
}
