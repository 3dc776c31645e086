import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { cases } from './cases/index.js'
import { runTable, type TableRecord } from './run-table.ts'

const names = cases.map(({ name }) => name)
const more = ['submit', 'sync, atomics', 'sync, child-process']
const ours = ['async', 'sync', ...(process.env.AMBISYNC_PARITY === 'all' ? more : [])]
const records = new Map<string, TableRecord>()

/** One line for each case whose outcome is not a single `200`: shows that the table tests what its names say. */
const outcomes: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(new URL('outcomes.json', import.meta.url), 'utf8'),
)

function recordOf(way: string, name: string): unknown {
  const record = records.get(way)?.byName.get(name)
  if (record === undefined) throw new Error(`there is no record of "${name}"`)
  return record
}

beforeAll(async () => {
  await Promise.all(['undici', ...ours].map(async (way) => records.set(way, await runTable(way, names))))
}, 300_000)

it('names each case once', () => {
  expect(names).toHaveLength(new Set(names).size)
  expect(Object.keys(outcomes).filter((name) => !names.includes(name))).toEqual([])
})

describe("undici's own fetch", () => {
  it.each(names)('%s', (name) => {
    expect(recordOf('undici', name)).toHaveProperty('outcome', outcomes[name] ?? '200')
  })
})

describe.each(ours)('fetch.%s as undici', (way) => {
  it.each(cases)('$name', ({ name, except }) => {
    const outcome = way.startsWith('sync') ? except?.sync : undefined
    if (outcome === undefined) expect(recordOf(way, name)).toEqual(recordOf('undici', name))
    else expect(recordOf(way, name)).toMatchObject({ outcome, seen: [] })
  })

  it('made the same requests of proxies', () => {
    expect(records.get(way)?.seenByNone).toEqual(records.get('undici')?.seenByNone)
  })
})
