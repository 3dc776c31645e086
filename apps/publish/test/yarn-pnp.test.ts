/** Yarn with Plug'n'Play: no node_modules, and packages are read out of archives. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startBeside } from '@ambisync-docs/blocks/beside.js'
import { beforeAll, expect, inject, it } from 'vitest'
import { type Consumer, emptyConsumer, packagesToInstall, writeFiles } from '../src/consumer.ts'
import { readmes } from '../src/readmes.ts'
import { cleanEnv, type Ran, run } from '../src/run.ts'

const yarn = fileURLToPath(new URL('../node_modules/@yarnpkg/cli-dist/bin/yarn.js', import.meta.url))
const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url))

let consumer: Consumer
beforeAll(async () => {
  consumer = emptyConsumer('yarn')
  const registry = inject('registry')
  writeFiles(consumer.folder, {
    // Without a lockfile of its own a folder is taken for a part of the project above it.
    'yarn.lock': '',
    '.yarnrc.yml': JSON.stringify({
      nodeLinker: 'pnp',
      enableTelemetry: false,
      // Of all runs it knows a version of a package by its name only, and would take that of an earlier one.
      globalFolder: join(consumer.folder, '.yarn', 'global'),
      enableGlobalCache: false,
      enableMirror: false,
      // It takes no package that is only minutes old, unless it is told to.
      npmPreapprovedPackages: ['@ambisync/*'],
      unsafeHttpWhitelist: ['127.0.0.1'],
      npmScopes: { ambisync: { npmRegistryServer: registry.slice(0, -1) } },
    }),
  })
  const packages = packagesToInstall().map((what) => (what.startsWith('http') ? `ambisync@${what}` : what))
  await consumer.run(process.execPath, [yarn, 'add', ...packages])
})

/** What `yarn node` has Node.js load first; each of many programs need not start Yarn. */
let nodeOptions: string
beforeAll(async () => {
  const { stdout } = await consumer.run(process.execPath, [yarn, 'node', '-p', 'process.env.NODE_OPTIONS'])
  nodeOptions = stdout.trim()
  expect(nodeOptions).toContain('.pnp.cjs')
})

/** What loads ES modules by `require()`, which on Node.js 20 does not ask Yarn: docs/bundling.md says so. */
function usesRequire({ name, files }: { name: string; files: Readonly<Record<string, string>> }): boolean {
  return name.endsWith('.cjs') || /startLoop\(\{.*needs:/.test(files[name] ?? '')
}

const programs = readmes
  // Its example starts vitest's own threads.
  .filter(({ packageName }) => packageName !== 'conformance')
  .flatMap(({ packageName, files, programs }) => programs.map((program) => ({ packageName, files, ...program })))

async function runProgram({ packageName, files, name }: (typeof programs)[number]): Promise<Ran> {
  const folder = join(consumer.folder, packageName)
  writeFiles(folder, files)
  const env = { ...cleanEnv, NODE_OPTIONS: nodeOptions }
  const beside = await startBeside(folder, files, env)
  try {
    return await run(process.execPath, [name], { cwd: folder, env: { ...env, ...beside.env } })
  } finally {
    await beside.stop()
  }
}

it.each(programs.filter((program) => !usesRequire(program)))('README of $packageName: $name', async (program) => {
  const { stdout } = await runProgram(program)
  if (program.output !== undefined) expect(stdout).toBe(program.output)
})

it.each(programs.filter(usesRequire))('README of $packageName: $name, by require()', async (program) => {
  await expect(runProgram(program)).rejects.toThrow('ERR_MODULE_NOT_FOUND')
})

it('a thread that dies of memory', async () => {
  const folder = join(consumer.folder, 'fixture')
  const names = ['main.js', 'tasks.js', 'slug-of.js']
  writeFiles(folder, Object.fromEntries(names.map((name) => [name, readFileSync(join(fixtures, name), 'utf8')])))
  const { stdout } = await consumer.run(process.execPath, [yarn, 'node', 'main.js'], folder)
  expect(stdout).toBe('monday-morning\nERR_AMBISYNC_LOOP_EXIT\ntuesday-noon\n')
})
