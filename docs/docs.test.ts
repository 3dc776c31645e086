import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { marked, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { readBlocks } from './blocks.js'
import { generatedFiles } from './generated-tables.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const run = promisify(execFile)

function markdownIn(folder: string): string[] {
  const found = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
  return found.map((name) => join(folder, name))
}

const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name))
const documents = ['.', 'docs', ...packages].flatMap(markdownIn)

/**
 * The commands that documents may show. `.ci/run` runs the first two, a package is installed as any other is, and a test of
 * the package ambisync runs those of its README.
 */
const knownCommands = [
  /^npx --yes pnpm@12\.18\.0 start$/,
  /^npx --yes pnpm@12\.18\.0 test$/,
  /^npm install( --save-dev)?( @ambisync\/[a-z-]+| ambisync| vitest)+$/,
  /^npx ambisync (doctor|pick|bench)\b/,
]

describe.each(documents)('%s', (document) => {
  const markdown = readFileSync(join(root, document), 'utf8')
  const { files, programs, commands, problems } = readBlocks(markdown)
  // Inside this package, so that what its blocks import is found.
  const folder = join(root, 'docs', '.blocks', document.replaceAll(/[^\w]+/g, '-'))

  it('has code blocks that can be executed', () => {
    expect(problems).toEqual([])
    expect(commands.filter((command) => !knownCommands.some((known) => known.test(command)))).toEqual([])
  })

  it('links to what exists', () => {
    const targets: string[] = []
    marked.walkTokens(marked.lexer(markdown), (token) => {
      if (token.type === 'link') targets.push((token as Tokens.Link).href)
    })
    const local = targets.filter((target) => !/^https?:/.test(target))
    const missing = local.filter((target) => !existsSync(join(root, dirname(document), target.replace(/#.*/, ''))))
    expect(missing).toEqual([])
  })

  if (files.length === 0) return

  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  for (const { name, code } of files) writeFileSync(join(folder, name), code)
  const typed = files.map(({ name }) => name).filter((name) => name.endsWith('.ts'))

  it.each(programs)(
    '$name prints what it says',
    async ({ name, output }) => {
      // Of a program in TypeScript, the worker's modules are TypeScript as well.
      const loader = name.endsWith('.ts')
        ? ['--import', fileURLToPath(new URL('./register-tsx.js', import.meta.url))]
        : []
      const options = { cwd: folder, timeout: 60_000 }
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
