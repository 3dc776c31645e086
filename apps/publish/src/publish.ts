import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.ts'
import { packageNames } from './workspace-copy.ts'

/** The settings by which npm and pnpm publish our packages; a scope's own comes before that of all. */
const settings = ['registry', '@ambisync:registry']

/**
 * @throws {Error} unless both npm and pnpm, as they are configured in this folder and environment, would publish to a
 *   registry on the loopback address
 */
export async function refuseUnlessLoopback(cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const client of ['npm', 'pnpm']) {
    for (const setting of settings) {
      const { stdout } = await run(client, ['config', 'get', setting], { cwd, env })
      const value = stdout.trim()
      if (value === 'undefined' && setting !== 'registry') continue
      if (!/^http:\/\/127\.0\.0\.1:\d+\/$/.test(value)) {
        throw new Error(
          `${client} would publish to ${value} (${setting}): only a registry on 127.0.0.1 is published to`,
        )
      }
    }
  }
}

/** An environment in which everything is published to that registry, by nobody in particular. */
export function publishingEnv(registry: string, folder: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const userConfig = join(folder, 'publisher.npmrc')
  // Clients do not publish without a token, whichever; the registry takes packages from anybody.
  writeFileSync(userConfig, `registry=${registry}\n${registry.replace('http:', '')}:_authToken=anybody\n`)
  return {
    ...env,
    npm_config_registry: registry,
    pnpm_config_registry: registry,
    // npx sets it for what it starts, and then it counts more than a file of the user's.
    npm_config_userconfig: userConfig,
    NPM_CONFIG_USERCONFIG: userConfig,
    pnpm_config_verify_deps_before_run: 'false',
    // A setting of the release, which a registry on this machine knows nothing of.
    NPM_CONFIG_PROVENANCE: 'false',
  }
}

/** Takes the changesets into versions and publishes all packages, by the scripts of a release. */
export async function versionAndPublish(workspace: string, registry: string, env: NodeJS.ProcessEnv): Promise<void> {
  await run('pnpm', ['run', 'version-packages'], { cwd: workspace, env })
  for (const name of packageNames) pinRegistry(join(workspace, 'packages', name, 'package.json'), registry)
  await refuseUnlessLoopback(workspace, env)
  const { stdout } = await run('pnpm', ['exec', 'changeset', 'publish'], { cwd: workspace, env })
  if (!stdout.includes('packages published successfully')) throw new Error(`nothing was published:\n${stdout}`)
}

/** A registry in the package itself counts more than any setting. */
function pinRegistry(file: string, registry: string): void {
  const manifest: { publishConfig?: object } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...manifest, publishConfig: { ...manifest.publishConfig, registry } }))
}
