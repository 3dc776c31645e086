import { defineConfig, type UserConfig } from 'tsdown'

const shared: UserConfig = { platform: 'node', target: 'node20.19', fixedExtension: false, logLevel: 'warn' }

const configs: UserConfig[] = defineConfig([
  { ...shared, entry: ['src/index.ts', 'src/task.ts', 'src/bench/index.ts'], dts: true },
  // The script of processes that keep cores busy; found beside what starts them.
  { ...shared, entry: { 'bench/keep-busy': 'src/bench/keep-busy.ts' }, dts: false, clean: false },
  // The command, and the scripts of the processes that it starts. The method is the one that is published.
  {
    ...shared,
    entry: {
      command: 'src/command/main.ts',
      'probe-process': 'src/doctor/probe-process.ts',
      'inspect-process': 'src/bench-task/inspect-process.ts',
      'measure-process': 'src/bench-task/measure-process.ts',
    },
    deps: { neverBundle: ['ambisync/bench'] },
    dts: false,
    clean: false,
  },
])
export default configs
