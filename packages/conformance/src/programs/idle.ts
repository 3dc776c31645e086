import { blocking } from '../blocking.ts'
import { start } from './start.ts'

const { tasks } = await start()
await blocking(() => tasks.echo.sync('used once'))
await tasks.echo.async('and again')
console.log('last line')
