import { defineConfig, type UserConfig } from 'tsdown'

/** Carried within, because what msgpackr itself would bring along has an install script. Its licence is in `dist`. */
const codec = ['msgpackr/pack', 'msgpackr/unpack']

const config: UserConfig[] = defineConfig([
  {
    entry: ['src/index.ts'],
    noExternal: codec,
    copy: [{ from: 'node_modules/msgpackr/LICENSE', to: 'dist', rename: 'msgpackr.LICENSE' }],
    platform: 'node',
    target: 'node20.19',
    dts: true,
    fixedExtension: false,
    logLevel: 'warn',
  },
  // The worker's script carries its share of core and node within it: one file to load makes a loop start sooner.
  {
    entry: ['src/worker.ts'],
    noExternal: ['@ambisync/core/adapter', '@ambisync/node/clone', '@ambisync/node/host', ...codec],
    external: ['@ambisync/node/resolve'],
    platform: 'node',
    target: 'node20.19',
    dts: false,
    clean: false,
    fixedExtension: false,
    logLevel: 'warn',
  },
  // For browsers. Bundlers take it from there; the worker's script carries everything, and can be served as it is.
  {
    entry: { 'browser/index': 'src/browser/index.ts' },
    noExternal: codec,
    platform: 'browser',
    target: 'es2023',
    tsconfig: 'tsconfig.browser.json',
    dts: true,
    clean: false,
    fixedExtension: false,
    logLevel: 'warn',
  },
  {
    entry: { 'browser/worker': 'src/browser/worker.ts' },
    noExternal: ['@ambisync/core/adapter', ...codec],
    platform: 'browser',
    target: 'es2023',
    tsconfig: 'tsconfig.browser.json',
    dts: false,
    clean: false,
    fixedExtension: false,
    logLevel: 'warn',
  },
])
export default config
