import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig[] = defineConfig([
  {
    entry: ['src/index.ts'],
    platform: 'node',
    target: 'node20.19',
    dts: true,
    fixedExtension: false,
    logLevel: 'warn',
  },
  // The worker's script carries its share of core and node within it: one file to load makes a loop start sooner.
  {
    entry: ['src/worker.ts'],
    noExternal: ['@ambisync/core/adapter', '@ambisync/node/host'],
    external: ['@ambisync/node/resolve'],
    platform: 'node',
    target: 'node20.19',
    dts: false,
    clean: false,
    fixedExtension: false,
    logLevel: 'warn',
  },
])
export default config
