import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { withPnpm } from './package-manager.ts'
import { publishingEnv, versionAndPublish } from './publish.ts'
import { startRegistry } from './registry.ts'
import { copyWorkspace, packageNames } from './workspace-copy.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where everything is published, before any test. */
    registry: string
    /** Of all packages. */
    version: string
    /** A folder of this run, which goes with it. */
    folder: string
    /** With pnpm on it. */
    path: string
  }
}

/** Publishes the packages as they are, to a registry that lives as long as the tests. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ambisync-publish-')))
  const registry = await startRegistry(join(folder, 'registry'))
  const teardown = async (): Promise<void> => {
    await registry.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const env = await withPnpm(folder)
    const workspace = join(folder, 'workspace')
    mkdirSync(workspace)
    await copyWorkspace(workspace, env)
    await versionAndPublish(workspace, registry.url, publishingEnv(registry.url, folder, env))
    provide('registry', registry.url)
    provide('version', theOneVersion(workspace))
    provide('folder', folder)
    provide('path', env.PATH ?? '')
  } catch (error) {
    await teardown()
    throw error
  }
  return teardown
}

function theOneVersion(workspace: string): string {
  const manifests = packageNames.map((name) => join(workspace, 'packages', name, 'package.json'))
  const versions = new Set(manifests.map((file): string => JSON.parse(readFileSync(file, 'utf8')).version))
  const [version, ...others] = versions
  if (version === undefined || others.length > 0) throw new Error(`versions differ: ${[...versions].join(', ')}`)
  return version
}
