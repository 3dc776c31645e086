import { createRequire } from 'node:module'
import { defineConfig, type UserConfig } from 'tsdown'

/** CommonJS, which its types take for a module. */
const license: typeof import('rollup-plugin-license').default = createRequire(import.meta.url)('rollup-plugin-license')

const config: UserConfig[] = defineConfig([
  {
    entry: { index: 'src/index.ts', bench: 'src/bench/index.ts' },
    platform: 'node',
    target: 'node20.19',
    dts: true,
    fixedExtension: false,
    logLevel: 'warn',
  },
  // The page's script goes into each report, with all that it needs: what we publish depends on none of it.
  {
    entry: { 'report-page': 'src/bench/report/page/main.tsx' },
    tsconfig: 'src/bench/report/page/tsconfig.json',
    deps: { alwaysBundle: [/./], onlyBundle: false },
    copy: [{ from: 'src/bench/report/page/page.css', to: 'dist', rename: 'report-page.css' }],
    plugins: [license({ thirdParty: { output: 'dist/report-page.LICENSES.txt' } })],
    platform: 'browser',
    target: 'es2022',
    minify: true,
    dts: false,
    clean: false,
    fixedExtension: false,
    logLevel: 'warn',
  },
])
export default config
