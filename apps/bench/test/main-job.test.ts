import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { firstDifference } from '../src/main-job/first-difference.ts'

const script = fileURLToPath(new URL('../dist/main-job.js', import.meta.url))

function runMainJob(env: NodeJS.ProcessEnv = {}): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, timeout: 120_000 }
    execFile(process.execPath, [script, '20', '5'], options, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr })
    })
  })
}

describe('the main job', () => {
  it('prints a row for each way, and that they agree', async () => {
    const { code, stdout, stderr } = await runMainJob()
    expect(stderr).toBe('')
    expect(code).toBe(0)
    const rows = [...stdout.matchAll(/│ ((?:fetch|format): [^│]*?) +│ (\d+) /g)].map(
      ([, name, items]) => `${name} ${items}`,
    )
    expect(rows).toEqual([
      'fetch: sync, one after another 20',
      'fetch: sync, one gather 20',
      'fetch: async 20',
      'format: sync 5',
      'format: async 5',
    ])
    expect(stdout).toContain('identical')
  }, 130_000)

  it('exits with 1 and the first difference when they do not', async () => {
    const { code, stdout, stderr } = await runMainJob({ UNSTABLE_PAGES: '1' })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^item 0 differs: "fetch: sync, one after another" gave .*Answer 1/)
    expect(stdout).not.toContain('identical')
  }, 130_000)
})

describe('the first difference', () => {
  it('is none where all agree', () => {
    expect(firstDifference([])).toBeUndefined()
    expect(
      firstDifference([
        { name: 'a', results: [{ x: 1 }] },
        { name: 'b', results: [{ x: 1 }] },
      ]),
    ).toBeUndefined()
  })

  it('is a missing item, too', () => {
    const ways = [
      { name: 'a', results: [1] },
      { name: 'b', results: [1, 2] },
    ]
    expect(firstDifference(ways)).toBe('item 1 differs: "a" gave undefined, "b" gave 2')
  })
})
