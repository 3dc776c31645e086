import { describe, expect, inject, it } from 'vitest'
import { type Ended, run } from '../src/run.ts'

const { ours } = inject('consumers')

function double(folder: string, runner: string): Promise<Ended> {
  return run(process.execPath, ['double.cjs', folder, runner], { cwd: ours, exitCodes: [0, 1] })
}

describe('a worker in TypeScript', () => {
  it.each(['tsx', 'ts-node', 'swc', 'oxc', 'esbuild-register', 'esbuild-runner'])('CommonJS, by %s', async (runner) => {
    expect(await double('commonjs', runner)).toMatchObject({ exitCode: 0, stdout: '42\n' })
  })

  it.each(['tsx', 'ts-node', 'swc', 'oxc'])('an ES module, by %s', async (runner) => {
    expect(await double('module', runner)).toMatchObject({ exitCode: 0, stdout: '42\n' })
  })

  it.each(['esbuild-register', 'esbuild-runner'])('an ES module is refused by %s, which loads none', async (runner) => {
    const { exitCode, stderr } = await double('module', runner)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(new RegExp(`the runner ${runner} loads no ES modules.*take tsRunner: 'tsx'`))
  })
})
