/** A loop that ends does so after the finally blocks of the streams that it closes, however it is asked. */
import { startLoop } from '@ambisync/core'
import { loadTasks } from '../tasks.ts'

const [module = '', options = '{}'] = process.argv.slice(2)
const { create } = await import(module)

for (const how of ['stop', 'stop, and the reader goes on', 'dispose'] as const) {
  const loop = startLoop({ adapter: create(JSON.parse(options)), grace: 10_000 })
  const stream = await loadTasks(loop).slowlyClosed.async(100)
  await stream.next()
  if (how === 'dispose') loop[Symbol.dispose]()
  const stopped = loop.stop()
  if (how === 'stop, and the reader goes on') {
    const error = await (async () => {
      for await (const _ of stream);
    })().catch((reason: Error) => reason)
    console.log(error?.name)
  }
  await stopped
  console.log(how)
}
