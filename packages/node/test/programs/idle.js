// An idle relay does not keep the process alive; an awaited call does.
import { start } from './start.js'

const { tasks } = start()
tasks.echo.sync(1)
tasks.later.async(100, 'awaited').then((value) => console.log(JSON.stringify(value)))
