import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const executables = {
  node22: 'node22/bin/node',
  node24: 'node24/bin/node',
  node26: 'node26/bin/node',
  bun: '@oven/bun-linux-x64/bin/bun',
  deno: '@deno/linux-x64-glibc/deno',
}

const installed = Object.entries(executables)
  .map(([name, path]) => [name, fileURLToPath(new URL(`./node_modules/${path}`, import.meta.url))])
  .filter(([, path]) => existsSync(path))

/** Absolute paths by name, of those that there are for this machine. */
export const runtimes = Object.fromEntries(installed)

/** Other versions of Node.js among them, and the one that this is. */
export const nodeVersions = {
  [`node${process.versions.node.split('.')[0]}`]: process.execPath,
  ...Object.fromEntries(installed.filter(([name]) => name.startsWith('node'))),
}
