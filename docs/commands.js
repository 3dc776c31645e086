/** The commands that documents and workflows name, and whether there is what they run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const manifestOf = (path) => JSON.parse(readFileSync(new URL(`${path}package.json`, root), 'utf8'))
const packages = readdirSync(new URL('packages/', root)).map((name) => manifestOf(`packages/${name}/`))
const rootScripts = manifestOf('').scripts

/** Of pnpm itself. */
const builtIn = ['install', 'exec', 'add', 'pack']

/**
 * Whatever `pnpm …` in a text does not run: a script that the workspace, or the package named by --filter, does not have, or a
 * test project that there is not.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function missingScripts(text) {
  const named = text.matchAll(/\bpnpm(?:@[\d.]+)? (?:--filter (\S+) )?([a-z][\w:-]*)/g)
  const scripts = [...named].filter(([, filter, script]) => !builtIn.includes(script) && !has(filter, script))
  const projects = [...text.matchAll(/--project ([\w-]+)/g)].filter(([, project]) => !projectNames().includes(project))
  return [...scripts, ...projects].map(([whole]) => whole)
}

function has(filter, script) {
  if (filter === undefined) return Object.hasOwn(rootScripts, script)
  const found = packages.find(({ name }) => name === filter)
  return found !== undefined && Object.hasOwn(found.scripts, script)
}

/** The names that vitest.config.ts files give. */
function projectNames() {
  const folders = ['packages/', 'apps/'].flatMap((parent) =>
    readdirSync(new URL(parent, root)).map((name) => `${parent}${name}/`),
  )
  return [...folders, 'packages/conformance/test/mutants/', 'docs/', 'examples/']
    .map((folder) => new URL(`${folder}vitest.config.ts`, root))
    .filter((url) => existsSync(fileURLToPath(url)))
    .map((url) => /name: '([^']+)'/.exec(readFileSync(url, 'utf8'))?.[1])
}

/** The programs that packages of the workspace bring: `npx NAME`. */
export const binaries = packages.flatMap(({ bin = {} }) => Object.keys(bin))
