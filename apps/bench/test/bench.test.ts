import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseReport } from 'ambisync/bench'
import { afterAll, describe, expect, it } from 'vitest'
import { runProgram } from './run-program.ts'

const folder = mkdtempSync(join(tmpdir(), 'ambisync-bench-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const short = ['--processes', '1', '--time', '1', '--placement', 'free']

describe('bench', () => {
  it('measures what is chosen, writes it down, and compares it with what was written', async () => {
    const file = join(folder, 'report.json')
    const chosen = ['--scenario', 'number', '--scenario', 'http', '--only', 'synckit', '--only', 'worker-threads']
    const { code, stdout, stderr } = await runProgram('bench', [...chosen, ...short, '--json', file])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^worker-threads .*, synckit 0\.12\.3|^synckit 0\.12\.3, worker-threads/m)
    expect(stdout).toMatch(/│ synckit +│ \d/)
    expect(stdout).toContain('too few rounds to be sure')
    const { results, contestants, runtime } = parseReport(readFileSync(file, 'utf8'))
    expect(results.map(({ scenario, contestant, outcome }) => [scenario, contestant, outcome.kind])).toEqual([
      ['number', 'synckit', 'measured'],
      ['number', 'worker-threads', 'measured'],
      ['http', 'synckit', 'measured'],
      ['http', 'worker-threads', 'measured'],
    ])
    expect(contestants.find(({ name }) => name === 'worker-threads')?.capabilities).toMatchObject({ callbacks: true })
    expect(runtime).toBe(`Node.js ${process.version}`)
    const again = await runProgram('bench', ['--scenario', 'number', '--only', 'synckit', ...short, '--compare', file])
    expect(again.stdout).toContain('The reports have nothing in common that can be compared.')
  }, 300_000)

  it('says who answered wrongly', async () => {
    const file = join(folder, 'wrong.json')
    await runProgram('bench', ['--scenario', 'http', '--only', 'synckit', ...short, '--json', file], {
      UNSTABLE_PAGES: '1',
    })
    expect(parseReport(readFileSync(file, 'utf8')).results[0]?.outcome).toMatchObject({
      kind: 'failed',
      error: expect.stringMatching(/^Error: answered .*Answer .* in place of .*Answer/),
    })
  }, 300_000)

  it('runs contestants on another runtime', async () => {
    const { stdout } = await runProgram('bench', [
      '--scenario',
      'cold',
      '--only',
      'atomics',
      ...short,
      '--runtime',
      'node24',
    ])
    expect(stdout).toMatch(/^Node\.js v24\./)
    expect(stdout).toMatch(/│ atomics +│ \d/)
  }, 300_000)

  it.each([
    [['--scenario', 'numbr'], /--scenario.*numbr.*There are: number;/],
    [['--only', 'nobody'], /--only.*nobody.*There are: worker-threads;/],
    [['--placement', 'here'], /There are: free; pinned; busy/],
    [['--processes', '0'], /at least 1/],
    [['--processes', 'many'], /at least 1/],
    [['--runtime', 'node1'], /There are: .*bun/],
    [['--scenari', 'number'], /unknown option '--scenari'\s+\(Did you mean --scenario/],
    [['--compare', join(folder, 'missing.json')], /ENOENT/],
    [['--json'], /argument missing/],
    [['--json', join(folder, 'missing', 'report.json')], /ENOENT/],
    [['more'], /too many arguments/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await runProgram('bench', args)
    expect(stderr).toMatch(message)
    expect([code, stdout]).toEqual([2, ''])
  })

  it('refuses a file that is no report', async () => {
    const file = join(folder, 'other.json')
    writeFileSync(file, '{}')
    const { code, stderr } = await runProgram('bench', ['--compare', file])
    expect([code, stderr]).toEqual([2, expect.stringContaining('it is not a report of format 1')])
  })

  it('explains itself', async () => {
    const { code, stdout } = await runProgram('bench', ['--help'])
    expect(code).toBe(0)
    for (const word of ['memory-after-calls', '@kaciras/deasync', 'Examples:']) expect(stdout).toContain(word)
  })
})

describe('start', () => {
  it('exits with 1 and says where an answer is wrong', async () => {
    const { code, stdout, stderr } = await runProgram('start', ['1'], { UNSTABLE_PAGES: '1' })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^http, worker-threads: Error: answered/)
    expect(stdout).not.toContain('right results')
    expect(stdout).toMatch(/^In too few rounds to be sure, (?:worker-threads|atomics|deasync|child-process)/m)
  }, 300_000)
})
