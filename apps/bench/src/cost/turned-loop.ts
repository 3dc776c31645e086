/**
 * A blocking call of a task that resolves in a `setImmediate`, against the bare package `deasync` with a function that
 * calls back in one, in turns. Medians of rounds, in microseconds a call, and their ratio.
 */
import { createRequire } from 'node:module'
import { startLoop } from '@ambisync/core'
import { deasync } from '@ambisync/deasync'
import { report } from './figures.ts'
import { median } from './median.ts'

type Bare = <T>(run: (callback: (error: null, value: T) => void) => void) => () => T

const turnLoop: Bare = createRequire(import.meta.url)('deasync')

const warmUp = 20
const rounds = 200
const calls = 200

// The top level of a module is a promise job, in which neither of them can block.
setTimeout(() => {
  const loop = startLoop({ adapter: deasync() })
  const own = loop.inline(() => new Promise<number>((resolve) => void setImmediate(resolve, 1))).sync
  const bare = turnLoop<number>((callback) => void setImmediate(callback, null, 1))
  const times = { own: [] as number[], bare: [] as number[] }
  const time = (call: () => unknown): number => {
    const start = performance.now()
    for (let count = 0; count < calls; count++) if (call() !== 1) throw new Error('wrong answer')
    return ((performance.now() - start) * 1_000) / calls
  }
  for (let round = 0; round < warmUp + rounds; round++) {
    const pair = { bare: time(bare), own: time(own) }
    if (round < warmUp) continue
    times.bare.push(pair.bare)
    times.own.push(pair.own)
  }
  const figures = { own: median(times.own), bare: median(times.bare) }
  report({ 'turned loop': { ...figures, ratio: figures.own / figures.bare } })
}, 1)
