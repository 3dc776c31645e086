// Both ends send more than the rings hold, at the same time, in every mode; each value is checked.
import { isDeepStrictEqual } from 'node:util'
import { gather } from '@ambisync/core'
import { print, start } from './start.js'

const { loop, tasks } = start({ ringSize: 1_024 })
const values = Array.from({ length: 40 }, (_, index) => {
  const length = 1 + ((index * 7_919) % 30_000)
  const text = String.fromCharCode(97 + (index % 26)).repeat(length)
  return [
    index,
    text,
    new Uint8Array(length).fill(index),
    {
      id: index,
      tags: [text, 'ä€😀'.repeat(index)],
      nested: { list: Array.from({ length: index * 10 }, (_, id) => ({ id })) },
    },
    new Map([[index, new Float64Array(length).fill(index / 3)]]),
  ][index % 5]
})
let wrong = 0
const check = (value, expected) => {
  if (!isDeepStrictEqual(value, expected)) wrong++
}

const futures = values.map((value) => tasks.echo.submit(value))
for (const value of values) check(tasks.echo.sync(value), value)
for (const [index, value] of gather(futures).result().entries()) check(value, values[index])
for (const value of values)
  check(
    tasks.echo.sync(value, (given) => [given, value]),
    [value, value],
  )
for (const [index, value] of (await Promise.all(values.map((value) => tasks.echo.async(value)))).entries()) {
  check(value, values[index])
}
const lengths = values.map((_, index) => index * 997)
const pieces = tasks.pieces.sync(...lengths)
for (const length of lengths) check(pieces.next().value, new Uint8Array(length).fill(length % 251))
// Nobody waits any more for what the ring is full of.
for (const value of values) tasks.echo.submit(value).cancel()
check(tasks.echo.sync('next'), 'next')
loop.stopSync()
print(wrong)
