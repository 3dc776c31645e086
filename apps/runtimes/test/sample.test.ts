/** A part of the matrix: a few cases for each adapter on each runtime, and others for each. All of it is `pnpm test:runtimes`. */
import { cases } from '@ambisync/conformance'
import { describe, expect, it } from 'vitest'
import { configurationNames, configurations } from '../src/configurations.ts'
import { knownFailure } from '../src/known-failures.ts'
import { placeOf, readRecord } from '../src/record.ts'
import { everyNth, runCases, survey } from '../src/run-cases.ts'
import { allRuntimes, describeRuntime } from '../src/runtime.ts'

/** What a user meets first. */
const smoke = [
  'calls: an async function returns its value (sync)',
  'calls: an async function returns its value (async)',
  'errors: own properties cross, and stay as enumerable as they were (sync)',
  'timeouts: a call that takes too long is cancelled, and the next one gets its own answer (sync)',
  'callbacks: as properties of a plain object, beside other properties (sync)',
]

/** Of all other cases, each how manieth. */
const share = 400

/** A watchdog's limit in milliseconds. */
const limit = 280_000

/** The one that runs this runs the whole suite in the tests of the adapters. */
const others = allRuntimes.filter(({ execPath }) => execPath !== process.execPath)

describe.each(others)('$name', (runtime) => {
  it.each(configurationNames)(
    'passes what it is said to pass by %s',
    async (configuration) => {
      const choice = configurations[configuration]
      const found = await survey(runtime, choice)
      const place = placeOf({ runtime: runtime.name, configuration })
      const recorded = readRecord().find((cell) => placeOf(cell) === place)
      if ('notSupported' in found) {
        expect(recorded?.seen).toHaveProperty('notSupported')
        return
      }
      expect(recorded?.seen).toHaveProperty('cases', found.names.length)
      const sample = everyNth(found.names, share, place).filter((name) => !smoke.includes(name))
      const wrong: string[] = []
      let passed = 0
      for await (const { name, failure } of runCases(runtime, choice, [
        ...found.names.filter((name) => smoke.includes(name)),
        ...sample,
      ])) {
        const known = knownFailure(runtime.name, configuration, { name, failure })
        if (failure === undefined) passed++
        if (failure !== undefined && known === undefined) wrong.push(`${name} fails: ${failure}`)
        if (failure === undefined && known !== undefined && !known.sometimes) wrong.push(`${name} passes`)
      }
      expect(wrong).toEqual([])
      // Of what is known to hang now and then, more than now and then would be news.
      expect(passed).toBeGreaterThan(smoke.length / 2)
    },
    limit,
  )
})

it('there are cases of those names', () => {
  expect(cases.map(({ name }) => name)).toEqual(expect.arrayContaining(smoke))
})

it('the record is of these very versions (pnpm test:runtimes)', async () => {
  for (const runtime of others) {
    const versions = readRecord().filter((cell) => cell.runtime === runtime.name)
    expect(versions).toHaveLength(configurationNames.length)
    for (const { version } of versions) expect(version).toBe(await describeRuntime(runtime))
  }
})

it('every failure on record has a reason', () => {
  const failed = readRecord().flatMap(({ seen }) => ('failed' in seen ? seen.failed : []))
  expect(failed.filter(({ reason }) => reason === undefined)).toEqual([])
})
