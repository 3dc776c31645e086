import { expect, inject, it } from 'vitest'
import { emptyConsumer, writeFiles } from '../src/consumer.ts'
import { publishingEnv, refuseUnlessLoopback } from '../src/publish.ts'
import { cleanEnv } from '../src/run.ts'

const elsewhere = 'https://registry.example/'
const { folder } = emptyConsumer('refusal')
const env = publishingEnv(inject('registry'), folder, { ...cleanEnv, PATH: inject('path') })

it('publishes to the registry of this run', async () => {
  await refuseUnlessLoopback(folder, env)
})

it.each([
  { client: 'npm', setting: 'npm_config_registry' },
  { client: 'pnpm', setting: 'pnpm_config_registry' },
])('refuses to publish anywhere else: $setting', async ({ client, setting }) => {
  await expect(refuseUnlessLoopback(folder, { ...env, [setting]: elsewhere })).rejects.toThrow(
    `${client} would publish to ${elsewhere} (registry): only a registry on 127.0.0.1 is published to`,
  )
})

it('refuses to where a scope has a registry elsewhere', async () => {
  const other = emptyConsumer('refusal', 'scope')
  writeFiles(other.folder, { '.npmrc': `@ambisync:registry=${elsewhere}\n` })
  await expect(refuseUnlessLoopback(other.folder, env)).rejects.toThrow(
    `would publish to ${elsewhere} (@ambisync:registry): only a registry on 127.0.0.1 is published to`,
  )
})
