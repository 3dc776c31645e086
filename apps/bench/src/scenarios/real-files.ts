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

/** Formats the files once for all processes that this one starts, until `end`: who calls in its own thread would come warm. */
export async function shareFormattedFiles(): Promise<{ end(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-bench-files-'))
  const end = (): void => {
    delete process.env[variable]
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const file = join(folder, 'formatted.json')
    writeFileSync(file, JSON.stringify(await formatFiles()))
    process.env[variable] = file
    return { end }
  } catch (error) {
    end()
    throw error
  }
}

/** Those of the run that this process belongs to. */
export function formattedFiles(): readonly FormattedFile[] {
  return JSON.parse(readFileSync(process.env[variable] ?? '', 'utf8')) as FormattedFile[]
}

/** The first source files of undici, which is here for fetching. */
async function formatFiles(): Promise<readonly FormattedFile[]> {
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
