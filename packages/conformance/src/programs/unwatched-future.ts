import { start } from './start.ts'

const { tasks } = await start()
tasks.echo.sync('is running')
tasks.never.submit()
console.log('last line')
