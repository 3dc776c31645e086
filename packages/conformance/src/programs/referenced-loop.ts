import { blocking } from '../blocking.ts'
import { start } from './start.ts'

const { loop, tasks } = await start()
loop.ref()
await blocking(() => tasks.dieLater.submit('exit 0').outcome())
await blocking(() => tasks.echo.sync('the next generation'))
console.log('last line')
// Fires only if something else keeps the process alive.
setTimeout(() => {
  console.log('still alive')
  loop.unref()
}, 100).unref()
