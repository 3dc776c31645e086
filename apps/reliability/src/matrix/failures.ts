/** The failures by name, as data: how each is provoked, and what the caller has to see. */

import { levelsOf, nested, patternedBytes } from '../tasks/failing.ts'
import {
  cannotBeSent,
  cannotImport,
  type Expected,
  loopEnds,
  loopExit,
  notSurvived,
  only,
  returns,
  throws,
} from './expectation.ts'

export interface Failure {
  readonly name: string
  /** The task that fails; one of `tasks/failing.ts` if no other module is named. */
  readonly module?: URL
  readonly task: string
  readonly args?: () => readonly unknown[]
  /** The call's time limit in milliseconds. None where it is not given. */
  readonly timeout?: number
  /** Tells whether what the call returned is what it should be. That it returns at all is wrong where this is left out. */
  readonly isRight?: (value: unknown) => boolean
  readonly expected: Expected
}

const megabytes = 2 ** 20
const levels = 100_000

export const failures: readonly Failure[] = [
  {
    name: 'missing module',
    module: new URL('../tasks/no-such-module.js', import.meta.url),
    task: 'run',
    expected: cannotImport('Error'),
  },
  {
    name: 'syntax error',
    module: new URL('data:text/javascript,export const = 1'),
    task: 'run',
    expected: cannotImport('SyntaxError'),
  },
  {
    name: 'throw at import',
    module: new URL('../tasks/throws-at-import.js', import.meta.url),
    task: 'run',
    expected: cannotImport('RangeError'),
  },
  {
    name: 'unhandled rejection',
    task: 'rejectUnseen',
    expected: loopEnds('throw', { exitCode: 1, cause: 'RangeError' }, { exitCode: 1 }),
  },
  {
    name: 'throw in a timer',
    task: 'throwInTimer',
    expected: loopEnds('throw', { exitCode: 1, cause: 'RangeError' }, { exitCode: 1 }),
  },
  ...[0, 3].map((code) => ({
    name: `\`process.exit(${code})\``,
    task: 'exit',
    args: () => [code],
    expected: loopEnds('exit', { exitCode: code }, { exitCode: code }),
  })),
  {
    name: 'out of memory',
    task: 'outOfMemory',
    // V8 aborts the process, unless it is a worker's heap that is full.
    expected(capabilities) {
      const exit = capabilities.runsOn === 'worker thread' ? { exitCode: 1, cause: 'Error' } : { signal: 'SIGABRT' }
      return loopEnds('out of memory', exit, { signal: 'SIGABRT' })(capabilities)
    },
  },
  {
    name: 'SIGKILL',
    task: 'killProcess',
    expected: loopEnds('signal', { signal: 'SIGKILL' }, { signal: 'SIGKILL' }),
  },
  {
    name: '`process.abort()`',
    task: 'abort',
    expected({ runsOn, survives }) {
      if (survives.includes('crash')) return only(loopExit({ signal: 'SIGABRT' }))
      // Node refuses, so it is an error like any other.
      const refusal = throws({ class: 'TypeError', code: 'ERR_WORKER_UNSUPPORTED_OPERATION' })
      if (runsOn === 'worker thread') return only(refusal, '`runs on` a worker thread, where Node refuses it')
      return only({ end: { signal: 'SIGABRT' } }, notSurvived('crash'))
    },
  },
  {
    name: 'stuck in `for (;;)`, with a time limit',
    task: 'spin',
    timeout: 500,
    expected({ kill, resident }) {
      if (!kill) return only({ end: { stillStuck: true } }, '`kill` is not declared')
      // A call behind it waits for the kill, and fails with it; where each call has a loop of its own, none is behind.
      const next = resident ? ['LoopExitError', 'works'] : ['works']
      return only(throws({ class: 'TimeoutError', code: 'ERR_AMBISYNC_TIMEOUT' }, next))
    },
  },
  {
    name: 'unclonable result',
    task: 'makeFunction',
    isRight: (value) => typeof value === 'function',
    expected: ({ closures }) => (closures ? only(returns, '`closures`: values are not copied') : only(cannotBeSent)),
  },
  {
    name: 'result of 64 MB',
    task: 'makeBytes',
    args: () => [64 * megabytes],
    isRight: (value) => value instanceof Uint8Array && Buffer.compare(value, patternedBytes(64 * megabytes)) === 0,
    expected: () => only(returns),
  },
  {
    name: 'argument nested 100,000 levels deep',
    task: 'countLevels',
    args: () => [nested(levels)],
    isRight: (value) => value === levels,
    expected: carriedOrRefused,
  },
  {
    name: 'result nested 100,000 levels deep',
    task: 'makeNested',
    args: () => [levels],
    isRight: (value) => levelsOf(value) === levels,
    expected: carriedOrRefused,
  },
]

/** Who copies may do either: what recursion a thread's stack bears differs. */
function carriedOrRefused({ closures }: Parameters<Expected>[0]): ReturnType<Expected> {
  return closures ? only(returns, '`closures`: values are not copied') : { oneOf: [cannotBeSent, returns] }
}
