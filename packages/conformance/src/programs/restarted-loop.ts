import { blocking } from '../blocking.ts'
import { start } from './start.ts'

const { loop, tasks } = await start()
loop.ref()
loop.restart()
loop.restart()
await blocking(() => tasks.echo.sync('the next generation'))
console.log('last line')
// Fires only if something else keeps the process alive.
setTimeout(() => {
  console.log('still alive')
  // On a loop that is being retired: awaited, so it is waited for, and nothing else is.
  tasks.later.async(50, 'awaited').then(console.log)
  loop.restart()
  loop.unref()
}, 100).unref()
