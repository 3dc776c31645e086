import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  entry: {
    index: 'src/index.ts',
    task: 'src/task.ts',
    bench: 'src/bench/index.ts',
    command: 'src/command/main.ts',
    // Each run in a process of its own, so files of their own.
    'probe-process': 'src/doctor/probe-process.ts',
  },
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
