import { failureOf, picture, print, start } from './start.js'

const rows = []
for (const options of [
  { execPath: '/no/such/node' },
  { cwd: '/no/such/folder' },
  { execArgv: ['--no-such-option-of-node'] },
  { execArgv: ['--import', './no-such-preload.js'] },
]) {
  const { loop, tasks } = start(options)
  const blocked = failureOf(() => tasks.add.sync(1, 2))
  const awaited = await tasks.add.async(1, 2).catch(picture)
  rows.push({ blocked, awaited })
  await loop.stop()
}
print({ rows, next: start().tasks.add.sync(1, 2) })
