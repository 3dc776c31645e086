import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { run } from '../src/run.ts'

const { ours, theirs } = inject('consumers')

interface Report {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numTotalTests: number
  readonly openHandles?: readonly unknown[]
}

/** Without `--forceExit`: that it comes back at all shows that nothing keeps Jest alive. */
async function jest(consumer: string, ...args: readonly string[]): Promise<Report> {
  const command = join(consumer, 'node_modules', 'jest', 'bin', 'jest.js')
  const { stdout, stderr } = await run(
    process.execPath,
    [command, '--config', 'jest.config.json', '--ci=false', '--json', ...args],
    {
      cwd: consumer,
    },
  )
  expect(stderr).not.toMatch(/did not exit|failed to exit gracefully/)
  return JSON.parse(stdout)
}

async function vitest(consumer: string, pool: string): Promise<Report> {
  const command = join(consumer, 'node_modules', 'vitest', 'vitest.mjs')
  const { stdout } = await run(process.execPath, [command, 'run', '--reporter=json'], {
    cwd: consumer,
    env: { CONSUMER_POOL: pool },
  })
  return JSON.parse(stdout)
}

describe('Jest', () => {
  it('runs test files that run on synckit, and one that needs more', async () => {
    expect(await jest(ours, '--runInBand')).toMatchObject({ success: true, numPassedTests: 11, numTotalTests: 11 })
    const wanted = await jest(theirs, '--testPathIgnorePatterns', 'realm')
    expect(wanted).toMatchObject({ success: true, numPassedTests: 8, numTotalTests: 8 })
    const snapshot = (consumer: string): string =>
      readFileSync(join(consumer, 'jest', 'inline-snapshot.test.cjs'), 'utf8')
    expect(snapshot(ours)).toBe(snapshot(theirs))
    expect(snapshot(ours)).toContain('"text": "a",')
  })

  it('runs them in its worker processes', async () => {
    expect(await jest(ours, '--maxWorkers', '2')).toMatchObject({ success: true, numPassedTests: 11 })
  })
})

describe('vitest', () => {
  it.each(['forks', 'threads', 'vmThreads', 'vmForks'])('runs test files in %s', async (pool) => {
    expect(await vitest(ours, pool)).toMatchObject({ success: true, numPassedTests: 6, numTotalTests: 6 })
  })
})
