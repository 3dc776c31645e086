import { type Case, cases, concerns, processCases } from '@ambisync/conformance'
import { CaseRunner } from '@ambisync/conformance/node-runner'
import { describe, expect, it } from 'vitest'
import { create } from './create.js'
import { type CaseName, mutants, sound } from './mutants.js'

const suite: readonly Case[] = [...cases, ...processCases]

/**
 * Of the cases that have to pass, each adapter runs one in so many, the next adapter the ones after those, so that all
 * of them run for some. With `AMBISYNC_MUTANTS=all` each runs the whole suite, which takes many minutes.
 */
const stride = process.env.AMBISYNC_MUTANTS === 'all' ? 1 : 30

/** For cases that are known to hang, and are only waited for to do so. In milliseconds. */
const hanging = { case: 8_000, program: 4_000 }

/** A watchdog's limit for everything about one adapter, in milliseconds. */
const limit = 15 * 60_000

function matches(by: CaseName, name: string): boolean {
  return typeof by === 'string' ? by === name : by.test(name)
}

function concerning(adapter: string): string[] {
  const { capabilities } = create({ adapter })
  return suite.filter((each) => concerns(each, capabilities)).map(({ name }) => name)
}

function sample(names: readonly string[], offset: number): readonly string[] {
  return names.filter((_, index) => index % stride === offset % stride)
}

function runnerOf(adapter: string, limits = {}): CaseRunner {
  return new CaseRunner(new URL('./create.js', import.meta.url), { adapter }, limits)
}

/** What is wrong, by the name of the case that says so. */
async function failures(runner: CaseRunner, names: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  try {
    for (const name of names) {
      await runner.run(name).catch(({ message }: Error) => {
        found[name] = message
      })
    }
  } finally {
    await runner.close()
  }
  return found
}

describe('sound adapters', { concurrent: true }, () => {
  for (const [index, { name }] of sound.entries()) {
    it(
      `${name}: pass`,
      async () => {
        expect(await failures(runnerOf(name), sample(concerning(name), index * 3))).toEqual({})
      },
      limit,
    )
  }
})

describe('mutants', { concurrent: true }, () => {
  for (const [index, { name, rejectedBy, says, hangs, perhaps }] of mutants.entries()) {
    it(
      `${name}: is rejected by the cases named, and by no other`,
      async () => {
        const names = concerning(name)
        const rejecting = names.filter((each) => rejectedBy.some((by) => matches(by, each)))
        expect(rejectedBy.filter((by) => !rejecting.some((each) => matches(by, each)))).toEqual([])
        const passing = names.filter((each) => !rejecting.includes(each) && !perhaps?.test(each))

        // Those that hang do so side by side.
        const batches = hangs ? rejecting.map((each) => [each]) : [rejecting]
        const rejections = await Promise.all(
          batches.map((batch) => failures(runnerOf(name, hangs ? hanging : {}), batch)),
        )
        const said: Record<string, string> = Object.assign({}, ...rejections)
        expect(rejecting.filter((each) => said[each] === undefined)).toEqual([])
        for (const each of rejecting) expect(said[each], each).toMatch(says)

        expect(await failures(runnerOf(name), sample(passing, index))).toEqual({})
      },
      limit,
    )
  }
})
