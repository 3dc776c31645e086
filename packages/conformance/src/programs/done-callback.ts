import { start } from './start.ts'

const { tasks } = await start()
tasks.later.submit(50).addDoneCallback(() => console.log('done callback'))
console.log('last line')
