import { blocking } from '../blocking.ts'
import { argument, outputArgument, start } from './start.ts'

const { tasks } = await start({ output: outputArgument() })
const lines = Number(argument(1))
for (let line = 0; line < lines; line++) {
  console.log(`caller ${line}`)
  await blocking(() => tasks.print.sync(`task ${line} ${'x'.repeat(lines)}`, `task error ${line}`))
}
