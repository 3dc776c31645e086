import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

/** Of the repository. */
export const root: URL = new URL('../../../', import.meta.url)

/** The folders of all packages that are published. */
export const packageNames: readonly string[] = readdirSync(new URL('packages/', root))

const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost']

/**
 * A copy of the workspace as it is, changes that are not committed included, with what is built: versions and changelogs are
 * written there, and the work tree stays as it was.
 */
export async function copyWorkspace(to: string, env: NodeJS.ProcessEnv): Promise<void> {
  const from = fileURLToPath(root)
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: from })
  // Of those that git knows some may be deleted.
  const files = stdout.split('\0').filter((name) => name !== '' && existsSync(join(from, name)))
  for (const name of files) cpSync(join(from, name), join(to, name))
  for (const name of packageNames) {
    const built = join(from, 'packages', name, 'dist')
    if (!existsSync(built)) throw new Error(`packages/${name} is not built: pnpm build`)
    cpSync(built, join(to, 'packages', name, 'dist'), { recursive: true })
  }
  // Changesets go by the history, and set tags.
  await run('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd: to })
  await run('git', ['add', '--all'], { cwd: to })
  await run('git', [...identity, 'commit', '--quiet', '--message', 'copy'], { cwd: to })
  const install = ['install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts']
  await run('pnpm', [...install, '--filter', './packages/*', '--filter', '.'], { cwd: to, env })
}
