import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  // Programs and task modules are found by URL, each a file of its own at the place that it has in the source.
  entry: ['src/*.ts', 'src/programs/*.ts', 'src/tasks/*.ts'],
  unbundle: true,
  platform: 'node',
  target: 'node20.19',
  dts: false,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
