/** The garbage collector closes a forgotten stream while its loop does something else, for longer than its grace. */
import { startLoop } from '@ambisync/core'
import { blocking } from '../blocking.ts'
import { collectGarbage } from '../collect-garbage.ts'
import { loadTasks } from '../tasks.ts'

const [module = '', options = '{}'] = process.argv.slice(2)
const { create } = await import(module)
const tasks = loadTasks(startLoop({ adapter: create(JSON.parse(options)), grace: 100 }))

await blocking(() => tasks.count.sync())
await blocking(() => void tasks.endless.sync().next())
const busy = tasks.busy.async(1_000, 'busy done')
const collecting = setInterval(collectGarbage, 50)
console.log(await busy)
clearInterval(collecting)
while ((await blocking(() => tasks.readJournal.sync())).length === 0) {
  await new Promise((resolve) => setTimeout(resolve, 5))
  collectGarbage()
}
console.log((await blocking(() => tasks.count.sync())) === 2 ? 'same loop' : 'another loop')
