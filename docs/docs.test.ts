import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as core from '@ambisync/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { startBeside } from './beside.js'
import { readBlocks } from './blocks.js'
import { binaries, missingScripts } from './commands.js'
import { generatedFiles } from './generated-tables.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const run = promisify(execFile)

function markdownIn(folder: string): string[] {
  const found = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
  return found.map((name) => join(folder, name))
}

const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name))
const documents = ['.', '.changeset', 'docs', ...packages, 'packages/atomics/model'].flatMap(markdownIn)

/**
 * The commands that documents may show in blocks. They are not run here: that the scripts and programs exist is checked, a
 * package is installed as any other is, and a test of the package ambisync runs those of its README.
 */
const knownCommands = [
  /^npx --yes pnpm@12\.18\.0 /,
  /^pnpm /,
  /^npm install( --save-dev)?( @ambisync\/[a-z-]+| ambisync| vitest)+$/,
  /^npx ambisync (doctor|pick|bench|serve)\b/,
  /^bash \.ci\/run$/,
]

describe.each(documents)('%s', (document) => {
  const markdown = readFileSync(join(root, document), 'utf8')
  const { files, programs, commands, spans, problems } = readBlocks(markdown)
  // Inside this package, so that what its blocks import is found.
  const folder = join(root, 'docs', '.blocks', document.replaceAll(/[^\w]+/g, '-'))

  it('has code blocks that can be executed', () => {
    expect(problems).toEqual([])
    expect(commands.filter((command) => !knownCommands.some((known) => known.test(command)))).toEqual([])
  })

  it('names scripts and programs that there are', () => {
    const named = [...commands, ...spans].join('\n')
    expect(missingScripts(named)).toEqual([])
    const programsNamed = [...named.matchAll(/\bnpx (?!--)([a-z]\S*)/g)].map(([, name = '']) => name)
    expect(programsNamed.filter((name) => !binaries.includes(name))).toEqual([])
    const files = [...named.matchAll(/\bbash (\S+)/g)].map(([, file = '']) => file)
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  if (files.length === 0) return

  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  for (const { name, code } of files) writeFileSync(join(folder, name), code)
  let beside: Awaited<ReturnType<typeof startBeside>>
  beforeAll(async () => {
    beside = await startBeside(folder, Object.fromEntries(files.map(({ name, code }) => [name, code])))
    return () => beside.stop()
  })

  const typed = files.map(({ name }) => name).filter((name) => name.endsWith('.ts'))

  it.each(programs)(
    '$name prints what it says',
    async ({ name, output }) => {
      // Of a program in TypeScript, the worker's modules are TypeScript as well.
      const loader = name.endsWith('.ts')
        ? ['--import', fileURLToPath(new URL('./register-tsx.js', import.meta.url))]
        : []
      const options = { cwd: folder, timeout: 60_000, env: { ...process.env, ...beside.env } }
      const { stdout, stderr } = await run(process.execPath, [...loader, name], options)
      expect(stderr).toBe('')
      if (output !== undefined) expect(stdout).toBe(output)
    },
    65_000,
  )

  if (typed.length === 0) return

  it('has TypeScript that compiles', async () => {
    const config = {
      extends: '../../../tsconfig.base.json',
      compilerOptions: { isolatedDeclarations: false, declaration: false },
      files: typed,
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules', '.bin', 'tsc')
    await run(tsc, ['-p', folder]).catch(({ stdout }) => expect.fail(stdout))
  }, 65_000)
})

it('errors.md has a chapter for each error, by its code and class', () => {
  const markdown = readFileSync(join(root, 'docs', 'errors.md'), 'utf8')
  const chapters = [...markdown.matchAll(/^## (\S+)\n\n`(\w+)`\./gm)].map(([, code, name]) => `${code} ${name}`)
  const classes = Object.entries(core).filter(([name]) => name.endsWith('Error') && name !== 'AmbisyncError')
  const exported = classes.map(([name, value]) => `${'code' in value ? value.code : 'no code'} ${name}`)
  expect(chapters.sort()).toEqual(exported.sort())
  expect(markdown.match(/^## /gm)).toHaveLength(chapters.length)
})

it('every generated table is up to date (pnpm generate)', () => {
  for (const { text, wanted } of generatedFiles(new URL('../', import.meta.url))) expect(text).toBe(wanted)
})

it("the conformance package's README shows a test file that vitest runs", async () => {
  const folder = join(root, 'docs', '.blocks', 'packages-conformance-README-md')
  const vitest = join(root, 'docs', 'node_modules', '.bin', 'vitest')
  // It looks for one in the folders above otherwise, and finds ours.
  writeFileSync(join(folder, 'vitest.config.js'), 'export default {}\n')
  const { stdout } = await run(vitest, ['run', '--root', folder, '-t', 'gather:'], {
    timeout: 110_000,
  })
  expect(stdout).toMatch(/Tests .*[1-9]\d* passed/)
}, 120_000)
