/**
 * A callback's round trip against that of a plain synchronous call, on the same loop, in turns. The task blocks its
 * thread for each callback, and the caller is blocked for the task. The ratio of their times, medians of rounds.
 */
import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { report } from './figures.ts'
import { median } from './median.ts'

const rounds = 25
const calls = 500

const loop = startLoop({ adapter: workerThreads() })
const tasks = loop.load<typeof import('../tasks/echo.js')>(new URL('../tasks/echo.js', import.meta.url))

function time(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

const plain: number[] = []
const callbacks: number[] = []
for (let round = 0; round < rounds; round++) {
  plain.push(
    time(() => {
      for (let value = 0; value < calls; value++) if (tasks.echo.sync(value) !== value) throw new Error('wrong answer')
    }),
  )
  let called = 0
  callbacks.push(time(() => tasks.callBack.sync(calls, () => called++)))
  if (called !== calls) throw new Error(`${called} callbacks instead of ${calls}`)
}
report({ callback: { ratio: median(callbacks) / median(plain) } })
