import { longText } from '../long-text.ts'
import { outputArgument, start } from './start.ts'

const { tasks } = await start({ output: outputArgument() })
tasks.printLong.sync(longText)
console.log('last line')
