import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  // Programs, the scripts of their workers and child processes, and what they share, which finds those beside itself.
  entry: ['src/*.ts', 'src/cost/*.ts', 'src/cluster/*.ts', 'src/tasks/*.ts', 'src/page-server/page-server.ts'],
  unbundle: true,
  platform: 'node',
  target: 'node20.19',
  dts: false,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
