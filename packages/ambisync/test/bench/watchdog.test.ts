import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import type { CellOutcome } from '../../src/bench/cell-data.ts'
import { watch } from '../../src/bench/watchdog.ts'

const script = fileURLToPath(new URL('./fixtures/cell.js', import.meta.url))

function measure(scenario: string, timeout = 30_000, signal?: AbortSignal): Promise<CellOutcome> {
  const cell = { scenario, contestant: 'one', effort: { warmUp: 0, time: 0 } }
  return watch({ command: [process.execPath, script], cell, timeout, signal })
}

describe('a process under the watchdog', () => {
  it('gives its samples in order', async () => {
    expect(await measure('answer')).toEqual({ kind: 'measured', count: 3, samples: [1, 2, 3] })
  })

  it('may print what it wants', async () => {
    expect(await measure('answer with noise')).toMatchObject({ kind: 'measured', samples: [1] })
  })

  it('may leave a process behind that holds its streams', async () => {
    expect(await measure('answer with a child left behind')).toMatchObject({ kind: 'measured' })
  })

  it.each([
    ['answer wrongly', 'Error: answered 2 in place of 1'],
    ['say where it is', 'Error: node in ~/project'],
    ['throw no error', 'threw a string'],
    ['answer nothing', 'Error: measured nothing'],
    ['exit', 'exited with code 3 before it answered'],
    ['throw uncaught', 'exited with code 1 before it answered: TypeError: out of nowhere'],
    ['end by a signal', 'was ended by SIGKILL'],
  ])('that is to %s has failed', async (scenario, error) => {
    expect(await measure(scenario)).toEqual({ kind: 'failed', error })
  })

  it('has hung when its time is up, and is ended', async () => {
    const outcome = await measure('hang', 3_000)
    expect(outcome).toMatchObject({ kind: 'failed' })
    expect(outcome).toHaveProperty('error', expect.stringMatching(/^no answer within 3 s/))
  })

  it('says why there is nothing to measure', async () => {
    expect(await measure('say that it cannot')).toEqual({ kind: 'not supported', why: 'has no streams' })
  })

  it('has failed where it cannot be started', async () => {
    const cell = { scenario: 'answer', contestant: 'one', effort: { warmUp: 0, time: 0 } }
    const outcome = await watch({ command: ['/there/is/no/such/command'], cell, timeout: 30_000 })
    expect(outcome).toMatchObject({ kind: 'failed', error: expect.stringContaining('could not be started') })
  })

  it('is ended when the run is given up', async () => {
    const giveUp = new AbortController()
    const outcome = measure('hang', 60_000, giveUp.signal)
    giveUp.abort(new Error('given up'))
    await expect(outcome).rejects.toThrow('given up')
    await expect(measure('answer', 60_000, giveUp.signal)).rejects.toThrow('given up')
  })

  it('leaves no folder behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ambisync-watchdog-'))
    vi.stubEnv('TMPDIR', folder)
    try {
      await measure('answer')
      await measure('exit')
      expect(readdirSync(folder)).toEqual([])
    } finally {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true })
    }
  })
})
