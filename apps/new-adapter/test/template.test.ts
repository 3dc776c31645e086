/** A package as `pnpm new-adapter` makes it, in a workspace of its own: at first, and with its channel filled in. */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Adapter } from '@ambisync/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { makePackage } from '../make-package.js'
import { chosenCases, failuresOf, runSuite, suiteLimit } from './run-suite.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))
const root = fileURLToPath(new URL('./.built/workspace/', import.meta.url))
const filledIn = fileURLToPath(new URL('./filled-in/', import.meta.url))
/** A watchdog's, in milliseconds. */
const limit = 300_000

async function run(folder: string, command: string, ...args: string[]): Promise<void> {
  const script = join(repository, 'node_modules', command)
  await promisify(execFile)(process.execPath, [script, ...args], { cwd: folder, timeout: limit }).catch(
    ({ stdout, stderr }) => expect.fail(`${stdout}${stderr}`),
  )
}

/** What a package has to pass before it is tested. */
async function check(folder: string): Promise<void> {
  // Git ignores this folder, and has it ignored otherwise; so it would what is built, which is not there yet.
  await run(root, '@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--vcs-enabled=false', folder)
  await run(folder, 'tsdown/dist/run.mjs')
  await run(folder, 'typescript/bin/tsc', '-p', '.')
}

async function adapterOf(folder: string, factory: string): Promise<Adapter> {
  const exports = await import(pathToFileURL(join(folder, 'dist', 'index.js')).href)
  return exports[factory]()
}

beforeAll(() => {
  rmSync(root, { recursive: true, force: true })
  for (const name of ['packages/core', '.changeset']) mkdirSync(join(root, name), { recursive: true })
  for (const file of ['tsconfig.base.json', 'biome.json']) cpSync(join(repository, file), join(root, file))
}, limit)

describe('a package as it is made', () => {
  let folder = ''

  it(
    'builds, and passes the type checker and the linter',
    async () => {
      folder = makePackage(root, 'carrier-pigeon')
      await check(folder)
      expect(readFileSync(join(root, '.changeset', 'carrier-pigeon.md'), 'utf8')).toContain(
        "'@ambisync/carrier-pigeon':",
      )
    },
    limit,
  )

  it(
    'fails the suite, and says that it is not filled in yet',
    async () => {
      const outcomes = await runSuite(folder, chosenCases(await adapterOf(folder, 'carrierPigeon')))
      const failures = Object.entries(failuresOf(outcomes))
      expect(failures.length).toBeGreaterThan(outcomes.size / 2)
      // A case that looks for another error shows the beginning of this one.
      const toldBy =
        /the adapter carrier-pigeon is not filled in yet|expected LoopStartError: the loop "[\w-]+" \(carri/
      expect(failures.filter(([, how]) => !toldBy.test(how))).toEqual([])
    },
    suiteLimit,
  )

  it("calls nothing by the template's name", async () => {
    for (const file of [
      'package.json',
      'README.md',
      'src/index.ts',
      'src/carrier-pigeon.ts',
      'src/channel.ts',
      'test/create.js',
    ]) {
      expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/my-?adapter/i)
    }
  })
})

it(
  'with its channel filled in, it passes the part of the suite that every adapter has to',
  async () => {
    // By the template's own name, by which the files beside this test speak of it.
    const folder = makePackage(root, 'my-adapter')
    for (const file of ['channel.ts', 'worker.ts']) cpSync(join(filledIn, file), join(folder, 'src', file))
    rmSync(join(folder, 'src', 'not-filled-in.ts'))
    await check(folder)
    const names = chosenCases(await adapterOf(folder, 'myAdapter'))
    const outcomes = await runSuite(folder, names)
    expect(failuresOf(outcomes)).toEqual({})
    expect([...outcomes.keys()].sort()).toEqual([...names].sort())
  },
  suiteLimit,
)

describe('the name', () => {
  it.each([
    [undefined, 'give it a name'],
    ['', 'give it a name'],
    ['@mine/pigeon', 'give the name alone'],
    ['../pigeon', 'give the name alone'],
    ['Pigeon', 'npm takes no package @ambisync/Pigeon: name can no longer contain capital letters'],
    ['a pigeon', 'npm takes no package @ambisync/a pigeon'],
    ['p'.repeat(250), 'npm takes no package'],
    ['carrier_pigeon', 'not in kebab case'],
    ['2-pigeons', 'not in kebab case'],
    ['core', 'there is a package packages/core already'],
    ['delete', 'a word of JavaScript'],
    ['await', 'a word of JavaScript'],
  ])('%s is refused, and nothing is made', (name, problem) => {
    expect(() => makePackage(root, name)).toThrow(problem)
    if (name && name !== 'core') expect(existsSync(join(root, 'packages', name))).toBe(false)
  })
})
