import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig[] = defineConfig([
  {
    // A worker's script has to stay a file of its own, which `new Worker` can name.
    entry: ['src/index.ts', 'src/host.ts', 'src/wire.ts', 'src/clone.ts', 'src/resolve.ts', 'src/watchdog-thread.ts'],
    // By name, so that it stays out of the scripts that carry `host` within them.
    external: ['@ambisync/node/resolve'],
    platform: 'node',
    target: 'node20.19',
    dts: true,
    fixedExtension: false,
    logLevel: 'warn',
  },
  // The relay thread's script carries its share of core within it: one file to load makes a loop start sooner.
  {
    entry: ['src/relay-thread.ts'],
    noExternal: ['@ambisync/core/adapter'],
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
