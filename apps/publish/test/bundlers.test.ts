/** The recipes of docs/bundling.md, as they stand there. */
import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBlocks } from '@ambisync-docs/blocks/blocks.js'
import { beforeAll, expect, it } from 'vitest'
import { type Consumer, emptyConsumer, installWithNpm, writeFiles } from '../src/consumer.ts'
import type { Ran } from '../src/run.ts'
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

let consumer: Consumer
beforeAll(async () => {
  const ours = ['core', 'node', 'worker-threads', 'atomics'].map((name) => `@ambisync/${name}`)
  const bundlers = ['esbuild', 'rollup', 'webpack', '@rollup/plugin-node-resolve']
  const versions = bundlers.map((name) => `${name}@${devDependencies[name]}`)
  consumer = await installWithNpm([...ours, ...versions], 'bundlers')
})

/** The same with the other adapter that has a script of its own. */
function withAtomics(code: string): string {
  return code.replaceAll('@ambisync/worker-threads', '@ambisync/atomics').replaceAll('workerThreads', 'atomics')
}

/** Bundles, moves the bundle to where nothing is beside it, unless the packages are to be found, and runs it. */
async function runBundled(
  name: string,
  { bundler, recipe, keepsPackages }: (typeof recipes)[number],
  sources: Readonly<Record<string, string>>,
): Promise<Ran> {
  const folder = join(consumer.folder, name, recipe)
  writeFiles(folder, {
    'package.json': '{ "type": "module" }\n',
    ...sources,
    'run.js': runners[bundler]?.(recipe) ?? '',
  })
  expect(await consumer.run(process.execPath, ['run.js'], folder)).toEqual({ stdout: '', stderr: '' })
  let bundle = join(folder, 'bundle')
  if (!keepsPackages) {
    const elsewhere = join(emptyConsumer('bundled', name, recipe).folder, 'bundle')
    renameSync(bundle, elsewhere)
    bundle = elsewhere
  }
  return await consumer.run(process.execPath, ['main.js'], bundle)
}

it.each(recipes)("$recipe: the document's own program", async (recipe) => {
  const files = ['main.js', 'tasks.js', recipe.recipe]
  const sources = Object.fromEntries(files.map((name) => [name, text(name)]))
  const { stdout } = await runBundled('document', recipe, sources)
  expect(stdout).toBe(programs[0]?.output)
})

it.each(recipes)('$recipe: a task module that imports others, and a thread that dies of memory', async (recipe) => {
  const sources = Object.fromEntries(['main.js', 'tasks.js', 'slug-of.js'].map((name) => [name, fixture(name)]))
  const { stdout } = await runBundled('fixture', recipe, {
    ...sources,
    'main.js': withAtomics(fixture('main.js')),
    [recipe.recipe]: withAtomics(text(recipe.recipe)),
  })
  expect(stdout).toBe('monday-morning\nERR_AMBISYNC_LOOP_EXIT\ntuesday-noon\n')
})
