/** The recipes of docs/bundling.md, as they stand there. */
import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBlocks } from '@ambisync-docs/blocks/blocks.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Consumer, emptyConsumer, installWithNpm, writeFiles } from '../src/consumer.ts'
import { root } from '../src/workspace-copy.ts'

const { files, programs } = readBlocks(readFileSync(new URL('docs/bundling.md', root), 'utf8'))
const text = (name: string): string => {
  const code = files.find((file) => file.name === name)?.code
  if (code === undefined) throw new Error(`docs/bundling.md has no ${name}`)
  return code
}
const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url))
const fixture = (name: string): string => readFileSync(join(fixtures, name), 'utf8')
const { devDependencies }: { devDependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)

/** How a recipe's file is run, as its bundler's own command would. */
const runners: Readonly<Record<string, (recipe: string) => string>> = {
  esbuild: (recipe) => `import './${recipe}'\n`,
  rollup: (recipe) => `import { rollup } from 'rollup'
import config from './${recipe}'
const bundle = await rollup({ ...config, onLog: (level, { message }) => console.error(level, message) })
await bundle.write(config.output)
`,
  webpack: (recipe) => `import webpack from 'webpack'
import config from './${recipe}'
webpack(config, (error, stats) => {
  if (error) throw error
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ all: false, errors: true, warnings: true }))
})
`,
}

const recipes = [
  { bundler: 'esbuild', recipe: 'esbuild.js', keepsPackages: true },
  { bundler: 'rollup', recipe: 'rollup.config.js', keepsPackages: true },
  { bundler: 'webpack', recipe: 'webpack.config.js', keepsPackages: true },
  { bundler: 'esbuild', recipe: 'esbuild.all.js', keepsPackages: false },
  { bundler: 'rollup', recipe: 'rollup.all.config.js', keepsPackages: false },
  { bundler: 'webpack', recipe: 'webpack.all.config.js', keepsPackages: false },
]

const adapters = [
  { adapter: 'worker-threads', factory: 'workerThreads' },
  { adapter: 'atomics', factory: 'atomics' },
]

let consumer: Consumer
beforeAll(async () => {
  const ours = ['core', 'node', 'worker-threads', 'atomics'].map((name) => `@ambisync/${name}`)
  const bundlers = ['esbuild', 'rollup', 'webpack', '@rollup/plugin-node-resolve']
  const versions = bundlers.map((name) => `${name}@${devDependencies[name]}`)
  consumer = await installWithNpm([...ours, ...versions], 'bundlers')
})

describe.each(adapters)('$adapter', ({ adapter, factory }) => {
  const withAdapter = (code: string): string =>
    code.replaceAll('@ambisync/worker-threads', `@ambisync/${adapter}`).replaceAll('workerThreads', factory)

  /** Bundles, and moves the bundle to where nothing is beside it, unless the packages are to be found. */
  async function bundled(
    { bundler, recipe, keepsPackages }: (typeof recipes)[number],
    sources: Readonly<Record<string, string>>,
    name: string,
  ): Promise<Consumer & { readonly bundle: string }> {
    const folder = join(consumer.folder, `${name}-${adapter}-${recipe}`)
    const runner = runners[bundler]?.(recipe) ?? ''
    writeFiles(folder, { 'package.json': '{ "type": "module" }\n', ...sources, 'run.js': runner })
    writeFiles(folder, { [recipe]: withAdapter(text(recipe)) })
    expect(await consumer.run(process.execPath, ['run.js'], folder)).toEqual({ stdout: '', stderr: '' })
    const bundle = join(folder, 'bundle')
    if (keepsPackages) return { ...consumer, bundle }
    const elsewhere = emptyConsumer('bundled', `${name}-${adapter}-${recipe}`)
    const moved = join(elsewhere.folder, 'bundle')
    renameSync(bundle, moved)
    return { ...elsewhere, bundle: moved }
  }

  it.each(recipes)("$recipe: the document's own program", async (recipe) => {
    const sources = { 'main.js': withAdapter(text('main.js')), 'tasks.js': text('tasks.js') }
    const { bundle, run } = await bundled(recipe, sources, 'document')
    expect(await run(process.execPath, ['main.js'], bundle)).toEqual({ stdout: programs[0]?.output, stderr: '' })
  })

  it.each(recipes)('$recipe: a task module that imports others, and a thread that dies of memory', async (recipe) => {
    const sources = Object.fromEntries(['main.js', 'tasks.js', 'slug-of.js'].map((name) => [name, fixture(name)]))
    const { bundle, run } = await bundled(recipe, { ...sources, 'main.js': withAdapter(fixture('main.js')) }, 'fixture')
    const { stdout } = await run(process.execPath, ['main.js'], bundle)
    expect(stdout).toBe('monday-morning\nERR_AMBISYNC_LOOP_EXIT\ntuesday-noon\n')
  })
})
