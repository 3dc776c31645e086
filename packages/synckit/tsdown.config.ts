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
  // With core and the adapter within, also for whoever loads CommonJS only, such as Jest.
  {
    ...shared,
    entry: { 'worker-function': 'src/worker-function.ts', resolve: '../node/src/resolve.ts' },
    copy: [
      { from: '../node/node_modules/import-meta-resolve/license', to: 'dist', rename: 'import-meta-resolve.LICENSE' },
    ],
    format: ['cjs'],
    dts: false,
    shims: true,
    noExternal: [/^@ambisync\//, 'import-meta-resolve'],
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
