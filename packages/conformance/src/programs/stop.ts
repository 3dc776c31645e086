import { start } from './start.ts'

const first = await start()
first.tasks.echo.sync(1)
await first.loop.stop()
console.log(first.loop.state)
const second = await start()
second.tasks.echo.sync(1)
second.loop.stopSync()
console.log(second.loop.state)
