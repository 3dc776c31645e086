import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  // A worker's script has to stay a file of its own, which `new Worker` can name.
  entry: ['src/index.ts', 'src/host.ts', 'src/watchdog-thread.ts'],
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
