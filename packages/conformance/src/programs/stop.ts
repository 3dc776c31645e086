import { blocking } from '../blocking.ts'
import { start } from './start.ts'

const first = await start()
await blocking(() => first.tasks.echo.sync(1))
await first.loop.stop()
console.log(first.loop.state)
const second = await start()
await blocking(() => second.tasks.echo.sync(1))
await blocking(() => second.loop.stopSync())
console.log(second.loop.state)
