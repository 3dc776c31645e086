import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A source file, and what Prettier makes of it where it is called as it is meant to be. */
export interface FormattedFile {
  readonly path: string
  readonly source: string
  readonly formatted: string
}

const count = 8

/** Where a run has left them for its processes. */
const variable = 'AMBISYNC_BENCH_FORMATTED'

/** Formats the files once for all processes that this one starts, until `end`. */
export async function shareFormattedFiles(): Promise<{ end(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-bench-files-'))
  const file = join(folder, 'formatted.json')
  writeFileSync(file, JSON.stringify(await formattedFiles()))
  process.env[variable] = file
  return { end: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The first source files of undici, which is here for fetching. */
export async function formattedFiles(): Promise<readonly FormattedFile[]> {
  const { [variable]: shared } = process.env
  if (shared !== undefined) return JSON.parse(readFileSync(shared, 'utf8')) as FormattedFile[]
  const { format } = await import('../tasks/format.js')
  const root = join(dirname(createRequire(import.meta.url).resolve('undici/package.json')), 'lib')
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .sort()
    .slice(0, count)
  return await Promise.all(
    paths.map(async (path) => {
      const source = readFileSync(join(root, path), 'utf8')
      return { path, source, formatted: await format(source, path) }
    }),
  )
}
