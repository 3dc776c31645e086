import { blocking } from '../blocking.ts'
import { outputArgument, start } from './start.ts'

const { tasks } = await start({ output: outputArgument() })
console.log('before')
await blocking(() => tasks.printAndAwaitAnswer.sync('from the task'))
console.log('after')
