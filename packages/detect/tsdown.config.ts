import { defineConfig, type UserConfig } from 'tsdown'

const config: UserConfig = defineConfig({
  entry: ['src/index.ts'],
  // Carried within, so its licence is in `dist`, too.
  copy: [{ from: 'node_modules/js-tokens/LICENSE', to: 'dist', rename: 'js-tokens.LICENSE' }],
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  logLevel: 'warn',
})
export default config
