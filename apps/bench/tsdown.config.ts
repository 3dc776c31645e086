import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  // Programs, and the scripts of their workers and child processes, each a file of its own.
  entry: ['src/*.ts', 'src/cost/*.ts', 'src/tasks/*.ts', 'src/main-job/page-server.ts'],
  platform: 'node',
  target: 'node20.19',
  dts: false,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
