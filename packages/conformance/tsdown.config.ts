import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  // Task modules, programs and the child's script are loaded by URL: each stays a file of its own.
  entry: [
    'src/index.ts',
    'src/vitest.ts',
    'src/node-runner.ts',
    'src/node-child.ts',
    'src/stress.ts',
    'src/fixtures/*.ts',
    'src/programs/*.ts',
  ],
  platform: 'neutral',
  target: 'es2023',
  external: [/^node:/],
  dts: true,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
