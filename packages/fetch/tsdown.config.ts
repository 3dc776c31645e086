import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  // The task module stays a file of its own: the loop imports it by its URL.
  entry: ['src/index.ts', 'src/sync.ts', 'src/exchange.ts'],
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
