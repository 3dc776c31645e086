/** Two projects that differ in one thing: what is installed by the name of synckit. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brokenCode } from './broken-code.ts'
import { run } from './run.ts'

export interface Consumers {
  /** What they lint: a folder beside them, so that it has the same paths for both. */
  readonly code: string
  readonly ours: string
  readonly theirs: string
}

/** Of the consumers, exact: a report is compared byte by byte. Babel 8 is not for Node.js 20. */
const dependencies = {
  '@babel/core': '7.29.13',
  '@typescript-eslint/parser': '8.73.0',
  eslint: '9.39.5',
  'eslint-parser-plain': '0.1.1',
  'eslint-plugin-prettier': '5.5.7',
  jest: '30.5.2',
  postcss: '8.5.33',
  prettier: '3.10.1',
  typescript: '5.9.3',
  vitest: '4.1.12',
}

/** What loads workers in TypeScript. Theirs does without, since it does not run by all of them. */
const runners = {
  '@oxc-node/core': '0.1.7',
  '@swc-node/register': '1.12.1',
  '@swc/core': '1.16.22',
  esbuild: '0.28.2',
  'esbuild-register': '3.6.0',
  'esbuild-runner': '2.2.2',
  'ts-node': '10.9.2',
  tsx: '4.23.15',
}

/** The same file from `src` and from `dist`. */
const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Packs the drop-in as it is published, and has npm install both projects into an empty folder. */
export async function installConsumers(folder: string): Promise<Consumers> {
  const pack = ['--yes', 'pnpm@12.18.0', 'pack', '--pack-destination', folder]
  await run('npx', pack, { cwd: join(root, 'packages', 'synckit') })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error(`pnpm has packed nothing into ${folder}`)
  const dropIn = `file:../${tarball}`

  const consumers = { code: join(folder, 'code'), ours: join(folder, 'ours'), theirs: join(folder, 'theirs') }
  copyCode(consumers.code)
  await Promise.all([
    install(consumers.ours, { ...runners, '@ambisync/synckit': dropIn, synckit: dropIn }, { synckit: dropIn }),
    // By our name, too: the same programs run on both.
    install(consumers.theirs, { '@ambisync/synckit': 'npm:synckit@0.12.3', synckit: '0.12.3' }),
  ])
  return consumers
}

async function install(folder: string, synckit: Record<string, string>, overrides = {}): Promise<void> {
  cpSync(join(root, 'apps', 'drop-in', 'consumer'), folder, { recursive: true })
  cpSync(join(root, 'examples', 'synchronous-hosts'), join(folder, 'synchronous-hosts'), { recursive: true })
  const manifest = { private: true, type: 'module', overrides, dependencies: { ...dependencies, ...synckit } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder })
}

/** Sources of this repository, written in another style than the one that they are checked for, and files that are broken. */
function copyCode(folder: string): void {
  for (const name of ['core', 'node']) {
    cpSync(join(root, 'packages', name, 'src'), join(folder, name), { recursive: true })
  }
  mkdirSync(join(folder, 'broken'))
  for (const [name, text] of Object.entries(brokenCode)) writeFileSync(join(folder, 'broken', name), text)
}
