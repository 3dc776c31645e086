/** Makes the calls that it is told to, one after another, and blocks for each. Its argument: the URL of Redis. */
import { bullmq } from '@ambisync/bullmq'
import { startLoop } from '@ambisync/core'

const [, , connection = ''] = process.argv
const tasks = startLoop({ adapter: bullmq({ connection }) }).load('tasks')

process.on('message', ({ name, args }) => {
  try {
    process.send?.({ result: tasks[name]?.sync(...args) })
  } catch (error) {
    process.send?.({ failure: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  }
})
