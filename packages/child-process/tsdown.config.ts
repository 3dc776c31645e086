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
  ...['src/persistent/relay-end.ts', 'src/persistent/child.ts', 'src/persistent/watcher.ts'].map((entry) => ({
    entry: [entry],
    outDir: 'dist/persistent',
    noExternal: ['@ambisync/core/adapter', '@ambisync/node/host', '@ambisync/node/wire'],
    external: ['@ambisync/node/resolve'],
    platform: 'node' as const,
    target: 'node20.19',
    dts: false,
    clean: false,
    fixedExtension: false,
    logLevel: 'warn' as const,
  })),
])
export default config
