import { defineConfig, type UserConfig } from 'tsdown'

const shared: UserConfig = { platform: 'node', target: 'node20.19', fixedExtension: false, logLevel: 'warn' }

const configs: UserConfig[] = defineConfig([
  { ...shared, entry: ['src/index.ts', 'src/bench/index.ts', 'src/bench/cell.ts'], dts: true },
  // The script of processes that keep cores busy; found beside what starts them.
  { ...shared, entry: { 'bench/keep-busy': 'src/bench/keep-busy.ts' }, dts: false, clean: false },
])
export default configs
