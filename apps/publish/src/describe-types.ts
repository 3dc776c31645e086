import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { it } from 'vitest'
import { type Consumer, published, writeFiles } from './consumer.ts'

const fixtures = fileURLToPath(new URL('../fixtures/types/', import.meta.url))

/** TypeScript as most have it, and the oldest that READMEs name. */
export type Compiler = 'typescript' | 'typescript-oldest'

const resolutions = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
]

/** Compiles programs that use all entries of all packages, and checks the packages' own declarations along with them. */
export function describeTypes(compiler: Compiler, installed: () => Consumer): void {
  it.each(resolutions)(`${compiler} with moduleResolution $moduleResolution`, async (options) => {
    const { folder: home, run } = installed()
    const folder = join(home, `${compiler}-${options.moduleResolution}`)
    cpSync(fixtures, folder, { recursive: true })
    const entries = published.flatMap((name) => typedEntries(home, name))
    writeFiles(folder, { 'imported.ts': asCode(entries, (name, entry) => `import * as ${name} from '${entry}'`) })
    if (options.moduleResolution === 'nodenext') {
      writeFiles(folder, { 'required.cts': asCode(entries, (name, entry) => `import ${name} = require('${entry}')`) })
    }
    const compilerOptions = {
      ...options,
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: 'es2023',
      lib: ['es2023', 'esnext.disposable'],
      types: ['node'],
    }
    writeFiles(folder, { 'tsconfig.json': JSON.stringify({ compilerOptions, include: ['.'] }) })
    const tsc = fileURLToPath(new URL(`../node_modules/${compiler}/bin/tsc`, import.meta.url))
    await run(process.execPath, [tsc, '-p', folder], folder)
  })
}

/** The entries of a package that have types, as they are imported. A worker's script has none. */
function typedEntries(home: string, name: string): string[] {
  const manifest: { exports: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(home, 'node_modules', name, 'package.json'), 'utf8'),
  )
  const typed = Object.entries(manifest.exports).filter(([, target]) => typeof target === 'object')
  if (typed.length === 0) throw new Error(`${name} has no entry`)
  return typed.map(([entry]) => name + entry.slice(1))
}

/** All of them are used, so that none is left out. */
function asCode(entries: readonly string[], line: (name: string, entry: string) => string): string {
  const names = entries.map((_, index) => `entry${index}`)
  const lines = entries.map((entry, index) => line(names[index] ?? '', entry))
  return `${[...lines, `export const entries = [${names.join(', ')}]`].join('\n')}\n`
}
