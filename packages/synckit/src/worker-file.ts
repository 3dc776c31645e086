import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'

export interface WorkerFile {
  readonly path: string
  readonly isTypeScript: boolean
  /** It is an ES module, by its extension or the package that it is in. */
  readonly isModule: boolean
}

/** Sources that may stand beside, or in place of, what they are compiled to. */
const sources: Readonly<Record<string, readonly string[]>> = {
  '': ['.ts', '.js'],
  '.js': ['.ts'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}

/** The worker that a path stands for: outside of packages that are installed, TypeScript is taken where there is some. */
export function findWorkerFile(path: string): WorkerFile {
  const { ext, dir, name } = parse(path)
  const isInstalled = /[/\\]node_modules[/\\]/.test(path)
  const candidates = isInstalled ? [] : (sources[ext] ?? []).map((extension) => join(dir, name + extension))
  const found = candidates.find(isFile) ?? path
  return { path: found, isTypeScript: /\.[cm]?ts$/.test(found), isModule: isModule(found) }
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function isModule(path: string): boolean {
  if (/\.m[jt]s$/.test(path)) return true
  if (/\.c[jt]s$/.test(path)) return false
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown }).type === 'module'
    if (folder === dirname(folder)) return false
  }
}
