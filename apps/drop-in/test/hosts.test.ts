import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { run } from '../src/run.ts'

const { ours, theirs } = inject('consumers')

it('plugins of Babel and PostCSS print the same', async () => {
  const host = (consumer: string) => run(process.execPath, [join('synchronous-hosts', 'main.mjs')], { cwd: consumer })
  const [{ stdout, stderr }, wanted] = await Promise.all([host(ours), host(theirs)])
  expect(stdout).toBe(wanted.stdout)
  expect(stderr).toBe('')
  expect(stdout).toContain('  color: red;')
})
