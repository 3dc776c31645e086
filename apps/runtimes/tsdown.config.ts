import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  // Programs and modules that other runtimes load are found by URL, each a file of its own.
  entry: ['src/*.ts'],
  unbundle: true,
  // Itself, whose executables are found beside it.
  external: ['@ambisync-apps/runtimes'],
  platform: 'node',
  target: 'node20.19',
  dts: false,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
