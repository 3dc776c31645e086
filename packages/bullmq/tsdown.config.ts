import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  // The second one is what runs on the relay's thread, which imports it by its URL.
  entry: ['src/index.ts', 'src/caller-end.ts'],
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
