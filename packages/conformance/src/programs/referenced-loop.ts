import { start } from './start.ts'

const { loop, tasks } = await start()
loop.ref()
tasks.dieLater.submit('exit 0').outcome()
tasks.echo.sync('the next generation')
console.log('last line')
// Fires only if something else keeps the process alive.
setTimeout(() => {
  console.log('still alive')
  loop.unref()
}, 100).unref()
