/**
 * How late a loop comes to what its tasks have under way, timers and I/O, while blocking calls stream in; and while none
 * do. In milliseconds.
 */
import { startLoop } from '@ambisync/core'
import { importAdapter } from './contestants.ts'
import { readArguments, report } from './figures.ts'
import { quantile } from './median.ts'

const warmUp = 5_000
const length = 2_000

const { contestant, parts } = readArguments()
const loop = startLoop({ adapter: await importAdapter(contestant) })
const tasks = loop.load<typeof import('../tasks/lateness.js')>(new URL('../tasks/lateness.js', import.meta.url))

function callUntil(done: () => boolean): void {
  for (let value = 0; !done(); value++) {
    const result = tasks.echo.sync(value)
    if (result !== value) throw new Error(`answered ${result} to ${value}`)
  }
}

function stream(): void {
  const end = performance.now() + length
  callUntil(() => performance.now() >= end)
}

function measure(part: string, meanwhile: () => void): { readonly p99: number; readonly max: number } {
  tasks.begin.sync(part)
  meanwhile()
  const times = tasks.end.sync()
  if (times.length < 10) throw new Error(`only ${times.length} times of: ${part}`)
  return { p99: quantile(times, 0.99), max: Math.max(...times) }
}

let calls = 0
callUntil(() => calls++ === warmUp)
const word = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
const measured = parts.map((part) => {
  const without = measure(part, () => void Atomics.wait(word, 0, 0, length))
  const figures = measure(part, stream)
  return [part, { ...figures, 'p99 without calls': without.p99, 'max without calls': without.max }] as const
})
report(Object.fromEntries(measured))
