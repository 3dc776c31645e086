/**
 * Generator functions in sync mode: ten leaves and ten nested calls each time, all on this thread. The argument names
 * the contestant. The median of a round, in nanoseconds a `yield*`.
 */
import { dual } from '@ambisync/core'
import { quansync } from 'quansync'
import { readArguments, report } from './figures.ts'
import { median } from './median.ts'

const calls = 5_000
const yields = 20
const warmUp = 20
const rounds = 60

const contestants: Record<string, () => (value: number) => number> = {
  ambisync() {
    const leaf = dual({ sync: (value: number) => value + 1, async: async (value: number) => value + 1 })
    const nested = dual(function* (value: number) {
      return yield* leaf(value)
    })
    return dual(function* (value: number) {
      let sum = value
      for (let count = 0; count < yields / 2; count++) sum = yield* nested(sum)
      return sum
    }).sync
  },
  quansync() {
    const leaf = quansync({ sync: (value: number) => value + 1, async: async (value: number) => value + 1 })
    const nested = quansync(function* (value: number) {
      return yield* leaf(value)
    })
    return quansync(function* (value: number) {
      let sum = value
      for (let count = 0; count < yields / 2; count++) sum = yield* nested(sum)
      return sum
    }).sync
  },
}

const start = contestants[readArguments().contestant]
if (start === undefined) throw new Error(`name one of: ${Object.keys(contestants).join(', ')}`)
const call = start()
const times: number[] = []
for (let round = 0; round < warmUp + rounds; round++) {
  const begin = performance.now()
  for (let value = 0; value < calls; value++) {
    const result = call(value)
    if (result !== value + yields / 2) throw new Error(`answered ${result} to ${value}`)
  }
  const time = performance.now() - begin
  if (round >= warmUp) times.push(time)
}
report({ 'yield*': { time: (median(times) * 1_000_000) / (calls * yields) } })
