/** A stream that is dropped half-way: its generator on the loop is closed once the garbage collector has seen it. */
import { blocking } from '../blocking.ts'
import { collectGarbage } from '../collect-garbage.ts'
import { start } from './start.ts'

const { tasks } = await start()

function openAndForget(): void {
  tasks.endless.sync().next()
  void tasks.endless.async().next()
}
await blocking(openAndForget)

const kept = await blocking(() => tasks.countTo.sync(1_000))
await blocking(() => kept.next())

let closed = 0
while (closed < 2) {
  await tasks.later.async(5)
  collectGarbage()
  closed += (await tasks.readJournal.async()).length
}
console.log(`${closed} closed, ${(await blocking(() => [...kept])).length} left`)
