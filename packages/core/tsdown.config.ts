import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  entry: ['src/index.ts', 'src/adapter.ts', 'src/task.ts', 'src/options.ts'],
  platform: 'neutral',
  target: 'es2023',
  dts: true,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
