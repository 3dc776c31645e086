import { start } from './start.ts'

const { tasks } = await start()
console.log(await tasks.later.async(50, 'awaited'))
