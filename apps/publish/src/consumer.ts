import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { cleanEnv, type Ran, run } from './run.ts'
import { packageNames } from './workspace-copy.ts'

/** A folder in which somebody has installed our packages. */
export interface Consumer {
  readonly folder: string
  run(command: string, args: readonly string[], cwd?: string, moreEnv?: Readonly<Record<string, string>>): Promise<Ran>
}

/** Of the packages, as they are called in the registry. */
export const published: readonly string[] = packageNames.map((name) =>
  name === 'ambisync' ? name : `@ambisync/${name}`,
)

/**
 * What to install, by any package manager. Our scope has a registry of its own, by `.npmrc`, so that what is not ours comes
 * from where this machine has it, and what is ours from nowhere else. A name without a scope cannot have one: that
 * package is named by its address.
 */
export function packagesToInstall(names: readonly string[] = published): string[] {
  const tarball = `${inject('registry')}ambisync/-/ambisync-${inject('version')}.tgz`
  return names.map((name) => (name === 'ambisync' ? tarball : name))
}

/** An empty folder, in which our scope comes from the registry of this run. */
export function emptyConsumer(...path: readonly string[]): Consumer {
  const folder = join(inject('folder'), ...path)
  mkdirSync(folder, { recursive: true })
  writeFiles(folder, {
    'package.json': '{ "private": true, "type": "module" }\n',
    '.npmrc': `@ambisync:registry=${inject('registry')}\n`,
  })
  const env = { ...cleanEnv, PATH: inject('path') }
  return {
    folder,
    run: (command, args, cwd = folder, moreEnv = {}) => run(command, args, { cwd, env: { ...env, ...moreEnv } }),
  }
}

/** All that is published, and what the examples of the conformance suite and TypeScript need besides. */
export function everything(): string[] {
  return [...packagesToInstall(), 'vitest@4.1.12', '@types/node@20']
}

/** @param what names, with versions or without, or addresses @param path of a folder in that of this run */
export async function installWithNpm(what: readonly string[], ...path: readonly string[]): Promise<Consumer> {
  const consumer = emptyConsumer(...path)
  await consumer.run('npm', ['install', '--no-audit', '--no-fund', ...what])
  return consumer
}

export async function installWithPnpm(what: readonly string[], ...path: readonly string[]): Promise<Consumer> {
  const consumer = emptyConsumer(...path)
  // pnpm takes a script that nobody decided about for a failure. deasync and BullMQ work without theirs.
  const settings = 'allowBuilds:\n  deasync: false\n  msgpackr-extract: false\n'
  writeFiles(consumer.folder, { 'pnpm-workspace.yaml': settings })
  await consumer.run('pnpm', ['add', ...what])
  return consumer
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}
