/** Calls a task module in TypeScript, on whichever runtime: its arguments are the module, and what `create` takes, as JSON. */
import { startLoop } from '@ambisync/core'
import { create } from '../../dist/create.js'

const loop = startLoop({ adapter: create(JSON.parse(process.argv[3])) })
const tasks = loop.load(new URL(process.argv[2], import.meta.url))
try {
  console.log(await tasks.areaOf.async({ width: 6, height: 7 }), tasks.twice.sync(21))
} catch (error) {
  console.log(`${error.name}: ${error.message}`)
}
await loop.stop()
