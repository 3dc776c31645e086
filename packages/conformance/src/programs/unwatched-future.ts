import { blocking } from '../blocking.ts'
import { start } from './start.ts'

const { tasks } = await start()
await blocking(() => tasks.echo.sync('is running'))
tasks.never.submit()
console.log('last line')
