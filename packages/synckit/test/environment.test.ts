import { expect, it } from 'vitest'
import { runProgram } from './run.ts'

const head = `
  import { createSyncFn } from '@ambisync/synckit'
  const various = createSyncFn(new URL('./workers/various.mjs', 'file://' + process.cwd() + '/'))
`

it('what a worker prints goes through the streams of its caller, before the call returns', async () => {
  const { stdout, stderr, exitCode } = await runProgram(`${head}
    const { write } = process.stdout
    process.stdout.write = (text) => write.call(process.stdout, '[' + text + ']')
    various('print', 'from the worker')
    process.stdout.write('done')
  `)
  expect({ stdout, stderr, exitCode }).toEqual({
    stdout: '[from the worker][done]',
    stderr: 'from the worker\n',
    exitCode: 0,
  })
})

it('SYNCKIT_TIMEOUT is a time limit for every call', async () => {
  const { stderr } = await runProgram(`${head} various('never')`, { SYNCKIT_TIMEOUT: '200' })
  expect(stderr).toMatch(/TimeoutError/)
})

it('SYNCKIT_EXEC_ARGV and SYNCKIT_GLOBAL_SHIMS are defaults', async () => {
  const env = { SYNCKIT_EXEC_ARGV: '--no-warnings,--no-deprecation', SYNCKIT_GLOBAL_SHIMS: '1' }
  const { stdout } = await runProgram(`${head} console.log(JSON.stringify(various('environment')))`, env)
  expect(JSON.parse(stdout)).toMatchObject({ execArgv: ['--no-warnings', '--no-deprecation'], hasFetch: 'function' })
})

it('SYNCKIT_TS_RUNNER loads workers in TypeScript', async () => {
  const program = `
    import { createSyncFn } from '@ambisync/synckit'
    console.log(createSyncFn(new URL('./workers/typed.ts', 'file://' + process.cwd() + '/'))(21))
  `
  expect((await runProgram(program, { SYNCKIT_TS_RUNNER: 'tsx' })).stdout).toBe('42\n')
})

it('a worker that is idle does not keep the process alive', async () => {
  expect(await runProgram(`${head} various('thread')`)).toMatchObject({ stderr: '', exitCode: 0 })
})
