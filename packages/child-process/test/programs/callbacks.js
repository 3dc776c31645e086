import { print, start } from './start.js'

const { tasks } = start()
const sum = tasks.askThrough.sync((value) => value * 2, 2_000)
// More than the socket has room for, so that the process falls asleep in the middle of it.
const bytes = new Uint8Array(2 ** 20)
print({ sum, count: tasks.countBytes.sync(() => bytes, 500) })
