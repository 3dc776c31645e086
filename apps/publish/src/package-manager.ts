import { readFileSync } from 'node:fs'
import { cleanEnv, run } from './run.ts'
import { root } from './workspace-copy.ts'

const { packageManager }: { packageManager: string } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))

/** The environment in which `pnpm` is the one that this repository names: npx has it, and knows where. */
export async function withPnpm(cwd: string): Promise<NodeJS.ProcessEnv> {
  const { stdout } = await run('npx', ['--yes', '--package', packageManager, '-c', 'printenv PATH'], { cwd })
  return { ...cleanEnv, PATH: stdout.trim() }
}
