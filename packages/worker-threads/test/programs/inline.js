// Functions that have been through transpilers, which put helpers of theirs into them.
import { fileURLToPath } from 'node:url'
import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { build } from 'esbuild'
import { tsImport } from 'tsx/esm/api'
import { print } from './start.js'

const loop = startLoop({ adapter: workerThreads() })

function run({ arrow, declared }) {
  // Otherwise nothing would be shown by their running.
  const helpers = [...new Set(`${arrow} ${declared}`.match(/\b__name\d*\b/g))].sort()
  return {
    helpers,
    arrow: loop.inline(arrow).sync([1, 2, 3]),
    declared: loop.inline(declared).sync('text'),
  }
}

async function bundle(input) {
  const { outputFiles } = await build({ ...input, bundle: true, keepNames: true, format: 'esm', write: false })
  return outputFiles[0].text
}

const load = (code) => import(`data:text/javascript,${encodeURIComponent(code)}`)

const once = await bundle({ entryPoints: [fileURLToPath(new URL('./inline-functions.ts', import.meta.url))] })
const twice = await bundle({ stdin: { contents: once } })
print({
  tsx: run(await tsImport('./inline-functions.ts', import.meta.url)),
  esbuild: run(await load(once)),
  esbuildTwice: run(await load(twice)),
})
