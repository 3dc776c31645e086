import { readdirSync, readFileSync } from 'node:fs'
import type { KnipConfig } from 'knip'
import { readBlocks } from './docs/blocks.js'

/** What the blocks of the documents import, which the package `docs` has for them. */
function importedByBlocks(): string[] {
  const folders = ['.', 'docs', ...readdirSync('packages').map((name) => `packages/${name}`)]
  const documents = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
      .map((name) => `${folder}/${name}`),
  )
  const code = documents.flatMap((path) => readBlocks(readFileSync(path, 'utf8')).files.map((file) => file.code))
  const imported = code.join('\n').matchAll(/(?:from |require\()'((?:@[\w-]+\/)?[\w-]+)/g)
  return [...new Set([...imported].map(([, name]) => name ?? ''))]
}

/** Programs that tests start by their path. */
const programs = 'test/**/{programs,workers,servers,call-sites}/**/*.{js,cjs,mjs,ts}'

const config: KnipConfig = {
  // Programs of the system, which no package brings.
  ignoreBinaries: ['ip', 'mkfifo', 'openssl', 'script'],
  workspaces: {
    '.': {},
    'packages/*': { entry: [programs] },
    'packages/ambisync': {
      // Compared while it is named, by a test of types that is not compiled on its own.
      entry: ['test/types.test-d.ts'],
      // Adapters are imported by names that are data; axe-core is read as a text for the page that it examines.
      ignoreDependencies: ['@ambisync/child-process', '@ambisync/deasync', '@ambisync/detect', 'axe-core'],
    },
    // What a page and its workers run is bundled by its path.
    'packages/atomics': { entry: [programs, 'test/browser/*.ts'] },
    'packages/child-process': {
      // Named in its tsdown.config.ts by an expression.
      entry: [programs, 'src/persistent/{relay-end,child,watcher}.ts', 'src/per-call/{process,life-line}.ts'],
    },
    'packages/core': { entry: ['test/types.test-d.ts'] },
    // Loaded by a `require` made for the place from which it is wanted.
    'packages/deasync': { entry: [programs], ignoreDependencies: ['deasync'] },
    // Named in the options of Babel, as text.
    'packages/detect': { entry: [programs], ignoreDependencies: ['@babel/preset-env'] },
    'packages/fetch': { entry: [programs, 'test/types.test-d.ts'] },
    // The one has its sources built into this package, the other loads the TypeScript of its tests.
    'packages/synckit': { entry: [programs, 'test/exports.test-d.ts'], ignoreDependencies: ['@ambisync/node', 'tsx'] },
    'packages/conformance/test/mutants': { entry: ['create.js', 'loop-end/*.js'] },
    examples: { entry: ['*/*.{js,cjs,mjs}'] },
    // Its consumers are copied, and then installed there.
    'apps/drop-in': { ignore: ['consumer/**'], ignoreDependencies: ['@ambisync/synckit'] },
    // Copied to who has installed the packages. The bundlers are linked there.
    'apps/publish': {
      entry: ['fixtures/**/*.{js,ts}'],
      ignoreDependencies: ['rollup', 'webpack', '@rollup/plugin-node-resolve'],
    },
    // Task modules, loaded by their path.
    'apps/runtimes': { entry: ['test/typescript/*.{js,ts}'] },
    // Copied, and then built there.
    'apps/new-adapter': {
      entry: ['new-adapter.js', 'template/**/*.{ts,js}', 'test/filled-in/*.ts'],
      ignoreDependencies: ['@ambisync/my-adapter'],
    },
    // Of remark the command is run, with a plugin that it is given by name.
    docs: {
      entry: ['register-tsx.js'],
      ignoreDependencies: [...importedByBlocks(), 'remark-cli', 'remark-validate-links'],
    },
  },
}
export default config
