import { start } from './start.ts'

const { tasks } = await start()
console.log('before')
tasks.printAndAwaitAnswer.sync('from the task')
console.log('after')
