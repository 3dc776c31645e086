import { expect, it } from 'vitest'
import { workerExecArgv } from '../src/worker-exec-argv.ts'

it.each([
  [[], undefined],
  [['--import', './register.js'], undefined],
  [['--input-type=module'], []],
  [
    ['--no-warnings', '--input-type', 'module', '--import', './register.js'],
    ['--no-warnings', '--import', './register.js'],
  ],
])('of %o a worker gets %o', (execArgv, expected) => expect(workerExecArgv(execArgv)).toEqual(expected))
