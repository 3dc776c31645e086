import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface Ran {
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

/** The environment without what the package manager that runs these tests has set for itself. */
export const cleanEnv: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|yarn_|vitest|node_path$|node_options$|node_env$|no_color$|force_color$)/i.test(name),
  ),
)

/** @throws {Error} with all that it printed, where it fails or takes too long */
export async function run(command: string, args: readonly string[], { cwd, env = cleanEnv }: RunOptions): Promise<Ran> {
  try {
    return await execute(command, args, { cwd, env, timeout: 240_000, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { stdout, stderr } = error as Error & Partial<Ran>
    throw new Error(`${error.message}\n${stdout ?? ''}\n${stderr ?? ''}`, { cause: error })
  }
}
