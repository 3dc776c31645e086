// With a handler of its own, or without, for the Ctrl-C of a terminal.
import { start } from './start.js'

const handled = process.argv[2] === 'handled'
if (handled)
  process.on('SIGINT', () => {
    console.log('handled')
    process.exit(0)
  })
const { tasks } = start()
console.log('child', tasks.pid.sync())
tasks.askThrough.sync(() => {
  console.log('ready')
  return 0
}, 1)
console.log('answer', tasks.later.sync(1_500, 'same process'), tasks.pid.sync())
setTimeout(() => {}, 10_000)
