import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const docs = fileURLToPath(new URL('./', import.meta.url))
const root = join(docs, '..')
const remark = join(docs, 'node_modules', 'remark-cli', 'cli.js')
/** Dependencies bring their own, and the template is for another place. */
const skipped = new Set(['node_modules', 'dist', '.git', '.blocks', '.built', 'template', 'reports'])

/** Every Markdown file of the repository. */
function markdownIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : markdownIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })
}

/** What is wrong with the links of these files to files and headings of the repository; empty if nothing is. */
async function problemsOf(files: readonly string[]): Promise<string> {
  const args = ['--no-stdout', '--quiet', '--frail', '--no-color', '--use', 'remark-validate-links=repository:false']
  const paths = files.map((file) => relative(docs, file))
  const run = promisify(execFile)(process.execPath, [remark, ...args, ...paths], { cwd: docs, timeout: 110_000 })
  return run.then(
    ({ stderr }) => stderr,
    (error) => error.stderr || error.message,
  )
}

it('links lead to files and headings that there are', async () => {
  const files = markdownIn(root)
  expect(files.length).toBeGreaterThan(20)
  expect(await problemsOf(files)).toBe('')
}, 120_000)

it('those that lead nowhere are found', async () => {
  const folder = join(docs, '.blocks', 'links')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'links.md')
  writeFileSync(file, '# Here\n\n[a](#here) [b](#there) [c](../../errors.md#err_ambisync_none) [d](none.md)\n')
  const problems = await problemsOf([file])
  expect(problems).toMatch(/`#there`/)
  expect(problems).toMatch(/`#err_ambisync_none`/)
  expect(problems).toMatch(/none\.md/)
  expect(problems).not.toMatch(/#here/)
}, 120_000)
