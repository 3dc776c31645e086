import { createRequire } from 'node:module'
import { defineConfig, type UserConfig } from 'tsdown'

/** CommonJS, which its types take for a module. */
const license: typeof import('rollup-plugin-license').default = createRequire(import.meta.url)('rollup-plugin-license')

const shared: UserConfig = { platform: 'node', target: 'node20.19', fixedExtension: false, logLevel: 'warn' }

const configs: UserConfig[] = defineConfig([
  { ...shared, entry: ['src/index.ts', 'src/task.ts', 'src/bench/index.ts', 'src/bench/cell.ts'], dts: true },
  // The script of processes that keep cores busy; found beside what starts them.
  { ...shared, entry: { 'bench/keep-busy': 'src/bench/keep-busy.ts' }, dts: false, clean: false },
  // The page's script goes into each report, with all that it needs: what we publish depends on none of it.
  {
    ...shared,
    entry: { 'bench/report-page': 'src/bench/report/page/main.tsx' },
    tsconfig: 'src/bench/report/page/tsconfig.json',
    deps: { alwaysBundle: [/./], onlyBundle: false },
    copy: [{ from: 'src/bench/report/page/page.css', to: 'dist/bench', rename: 'report-page.css' }],
    plugins: [license({ thirdParty: { output: 'dist/bench/report-page.LICENSES.txt' } })],
    platform: 'browser',
    target: 'es2022',
    minify: true,
    dts: false,
    clean: false,
  },
  // The command, and the scripts of the processes that it starts. The method is the one that is published.
  {
    ...shared,
    entry: {
      command: 'src/command/main.ts',
      'probe-process': 'src/doctor/probe-process.ts',
      'probe-tasks': 'src/doctor/probe-tasks.ts',
      'inspect-process': 'src/bench-task/inspect-process.ts',
      'measure-process': 'src/bench-task/measure-process.ts',
    },
    deps: { neverBundle: ['ambisync/bench', 'ambisync/bench/cell'] },
    dts: false,
    clean: false,
  },
])
export default configs
