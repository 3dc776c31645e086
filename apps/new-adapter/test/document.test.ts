/** Does what docs/writing-an-adapter.md says, and nothing else. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { readBlocks } from '../../../docs/blocks.js'
import { chosenCases, failuresOf, runSuite, suiteLimit } from './run-suite.ts'

const document = fileURLToPath(new URL('../../../docs/writing-an-adapter.md', import.meta.url))
const folder = fileURLToPath(new URL('./.built/document/', import.meta.url))

it(
  'the adapter that docs/writing-an-adapter.md builds passes the suite',
  async () => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
    // vitest looks for one in the folders above otherwise, and finds ours.
    writeFileSync(join(folder, 'vitest.config.js'), 'export default {}\n')
    for (const { name, code } of readBlocks(readFileSync(document, 'utf8')).files) {
      writeFileSync(join(folder, name), code)
    }
    const { create } = await import(pathToFileURL(join(folder, 'create.js')).href)
    const names = chosenCases(create())
    const outcomes = await runSuite(folder, names)
    expect(failuresOf(outcomes)).toEqual({})
    expect([...outcomes.keys()].sort()).toEqual([...names].sort())
  },
  suiteLimit,
)
