import { failureOf, print, start } from './start.js'

const megabyte = 1_024 * 1_024
const { tasks } = start()
const result = tasks.filled.sync(256 * megabyte, 7)
const awaited = await tasks.filled.async(256 * megabyte, 7)
const isRight = (bytes) => bytes.length === 256 * megabyte && bytes.every((byte) => byte === 7)
const argument = new Uint8Array(64 * megabyte).fill(1)
const text = 'aé😀'.repeat(4 * megabyte)
print({
  result: isRight(result),
  awaited: isRight(awaited),
  argument: tasks.sumOf.sync(argument),
  text: tasks.echo.sync(text) === text,
  resultTooLarge: failureOf(() => tasks.filled.sync(260 * megabyte, 7)),
  argumentTooLarge: failureOf(() => tasks.sumOf.sync(new Uint8Array(260 * megabyte))),
  next: tasks.add.sync(1, 2),
})
