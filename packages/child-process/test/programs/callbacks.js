import { print, start } from './start.js'

const { tasks } = start()
const sum = tasks.askThrough.sync((value) => value * 2, 2_000)
const large = tasks.askThrough.sync((value) => new Uint8Array(2 ** 20).fill(1).length + value, 4)
print({ sum, large })
