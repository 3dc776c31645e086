import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Loop } from '@ambisync/core'
import type { Way } from './way.ts'

/** Formatting the real source files of a package two ways: undici's, which is here for fetching. */
export function formatWays(loop: Loop, limit: number): Way<string>[] {
  const { format } = loop.load<typeof import('../tasks/format.js')>(new URL('../tasks/format.js', import.meta.url))
  const root = dirname(createRequire(import.meta.url).resolve('undici/package.json'))
  const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .sort()
    .slice(0, limit)
    .map((file) => ({ path: file, source: readFileSync(join(root, 'lib', file), 'utf8') }))
  if (files.length < limit) throw new Error(`${root} has only ${files.length} source files`)
  return [
    {
      name: 'format: sync',
      run: (onItem) =>
        files.map(({ source, path }) => {
          const formatted = format.sync(source, path)
          onItem()
          return formatted
        }),
    },
    {
      name: 'format: async',
      run: (onItem) =>
        Promise.all(
          files.map(async ({ source, path }) => {
            const formatted = await format.async(source, path)
            onItem()
            return formatted
          }),
        ),
    },
  ]
}
