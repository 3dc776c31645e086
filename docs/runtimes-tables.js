/** What works on which runtime, from what `pnpm test:runtimes` has written. */
import { readFileSync } from 'node:fs'
import { markdownTable } from './markdown-table.js'

const read = () => JSON.parse(readFileSync(new URL('./data/runtimes.json', import.meta.url), 'utf8'))

const number = (count) => count.toLocaleString('en')

/** How many of those that were run have passed, and of how many, where that was a sample. */
function describeSeen({ notSupported, cases, passed, failed }) {
  if (notSupported !== undefined) return '`NotSupportedError`'
  const ran = passed + failed.length
  const result = failed.length === 0 ? `all ${number(ran)}` : `${number(passed)} of ${number(ran)}`
  return ran === cases ? result : `${result} (sample of ${number(cases)})`
}

export function runtimesTable() {
  const cells = read()
  const configurations = [...new Set(cells.map(({ configuration }) => configuration))]
  const rows = [...new Set(cells.map(({ runtime }) => runtime))].map((runtime) => {
    const here = cells.filter((cell) => cell.runtime === runtime)
    const versions = [...new Set(here.map(({ version }) => version))].join(', ')
    const ofConfiguration = (name) => here.find(({ configuration }) => configuration === name)
    return [
      versions,
      ...configurations.map((name) => describeSeen(ofConfiguration(name)?.seen ?? { notSupported: '' })),
    ]
  })
  return markdownTable(['', ...configurations], rows)
}

/** A row for each reason: where, and which groups of cases. */
export function runtimeFailuresTable() {
  const failures = read().flatMap(({ version, configuration, seen }) =>
    (seen.failed ?? []).map((failed) => ({ version, configuration, ...failed })),
  )
  const unsupported = read().flatMap(({ version, configuration, seen }) =>
    seen.notSupported === undefined ? [] : [[version, configuration, 'all', seen.notSupported, '']],
  )
  const rows = [...groupBy(failures, ({ version, reason, issue }) => `${version}\n${reason}\n${issue}`).values()].map(
    (group) => {
      const [{ version, reason = 'not known', issue }] = group
      const names = [...new Set(group.map(({ name }) => name.replace(/ \((sync|async|submit)\)$/, '')))]
      const where = [...new Set(group.map(({ configuration }) => configuration))].join(', ')
      return [version, where, names.join('; '), reason, issue === undefined ? '' : `[issue](${issue})`]
    },
  )
  return markdownTable(['', 'adapter', 'cases', 'why', ''], [...unsupported, ...rows])
}

/** `Map.groupBy`, which Node.js 20 does not have. */
function groupBy(items, keyOf) {
  const groups = new Map()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
