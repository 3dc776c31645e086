import { blocking } from '../blocking.ts'
import { longText } from '../long-text.ts'
import { outputArgument, start } from './start.ts'

const { tasks } = await start({ output: outputArgument() })
await blocking(() => tasks.printLong.sync(longText))
console.log('last line')
