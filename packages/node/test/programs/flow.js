// More than the way has room for.
import { print, start } from './start.js'

const { tasks, posts } = start({ slow: true }, { highWaterMark: 8 * 1_024 })
const sent = Array.from({ length: 100 }, (_, index) => tasks.echo.submit(index))
const takenAtOnce = posts.filter(({ kind, taken }) => kind === 'call' && taken).length
const inOrder = sent.every((future, index) => future.result() === index)
const awaited = Array.from({ length: 100 }, (_, index) => tasks.echo.async(index))
const alsoInOrder = (await Promise.all(awaited)).every((value, index) => value === index)
print({ takenAtOnce, inOrder, alsoInOrder })
