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
  // Scripts of threads and processes, each a file of its own that carries its share of core and node within it: one file
  // to load makes a loop start sooner.
  ...['persistent/relay-end', 'persistent/child', 'persistent/watcher', 'per-call/process', 'per-call/life-line'].map(
    (name) => ({
      entry: { [name]: `src/${name}.ts` },
      noExternal: ['@ambisync/core/adapter', '@ambisync/node/host', '@ambisync/node/clone', '@ambisync/node/wire'],
      external: ['@ambisync/node/resolve'],
      platform: 'node' as const,
      target: 'node20.19',
      dts: false,
      clean: false,
      fixedExtension: false,
      logLevel: 'warn' as const,
    }),
  ),
])
export default config
