import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const outputs: Readonly<Record<string, readonly string[]>> = {
  'waiting-for-a-block': [
    'five requests are under way',
    'Lisbon: 24 degrees',
    'Oslo: 11 degrees',
    'Nairobi: 26 degrees',
    'Quito: 18 degrees',
    'Perth: 21 degrees',
  ],
  'background-loop': [
    '2432902008176640000n',
    'meanwhile, the nap is pending',
    'not yet',
    'done callback: slept 300 ms',
    'slept 300 ms',
    'slept 20 ms stopped',
  ],
}

it.each(Object.entries(outputs))('%s prints what it should, and ends', async (example, lines) => {
  const script = fileURLToPath(new URL(`./${example}/main.js`, import.meta.url))
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], { timeout: 30_000 })
  expect(stderr).toBe('')
  expect(stdout.trimEnd().split('\n')).toEqual(lines)
})
