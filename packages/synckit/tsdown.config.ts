import { defineConfig, type UserConfig } from 'tsdown'

const shared = {
  platform: 'node',
  target: 'node20.19',
  clean: false,
  fixedExtension: false,
  logLevel: 'warn',
} as const

const config: UserConfig[] = defineConfig([
  // What workers import as well: it is small.
  {
    ...shared,
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    dts: true,
    shims: true,
  },
  // With core and the adapter within: one file, also for whoever loads CommonJS only, such as Jest.
  {
    ...shared,
    entry: ['src/worker-function.ts'],
    format: ['cjs'],
    dts: false,
    shims: true,
    noExternal: [/^@ambisync\//],
  },
  // What runs in threads, and is looked for beside it.
  {
    ...shared,
    entry: {
      bridge: 'src/bridge.ts',
      worker: '../worker-threads/src/worker.ts',
      'watchdog-thread': '../node/src/watchdog-thread.ts',
    },
    dts: false,
    noExternal: [/^@ambisync\//],
    external: ['@ambisync/node/resolve'],
  },
])
export default config
