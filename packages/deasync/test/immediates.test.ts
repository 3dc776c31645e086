import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('an immediate behind another one is told that it cannot block, in place of the process being aborted', async () => {
  const script = fileURLToPath(new URL('./programs/immediates.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 30_000 })
  expect(stdout.split('\n')).toEqual(['the first', 'ERR_AMBISYNC_DEADLOCK', ''])
}, 35_000)
