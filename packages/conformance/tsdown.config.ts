import { defineConfig, type UserConfig } from 'tsdown'

const shared: UserConfig = {
  platform: 'neutral',
  target: 'es2023',
  external: [/^node:/],
  dts: true,
  fixedExtension: false,
  logLevel: 'warn',
}

const config: UserConfig[] = defineConfig([
  {
    ...shared,
    // Task modules, programs and the child's script are loaded by URL: each stays a file of its own.
    entry: [
      'src/index.ts',
      'src/portable.ts',
      'src/fixtures.ts',
      'src/vitest.ts',
      'src/node-runner.ts',
      'src/run-program.ts',
      'src/node-child.ts',
      'src/stress.ts',
      'src/fixtures/!(tasks).ts',
      'src/programs/*.ts',
    ],
  },
  // By itself, because cases import parts of it: what is shared would have one instance for all who load it by URL.
  { ...shared, entry: { 'fixtures/tasks': 'src/fixtures/tasks.ts' }, clean: false },
])
export default config
