import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  entry: ['src/compare.ts'],
  platform: 'node',
  target: 'node20.19',
  dts: false,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
