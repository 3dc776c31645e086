import { start } from './start.ts'

const { loop, tasks } = await start()
const future = tasks.printWhenAborted.submit()
await tasks.echo.async('it has begun')
const stopped = loop.stop()
future.cancel('while stopping')
await stopped
console.log(loop.state)
