/** What becomes of calls on a page's main thread. */
import { atomics } from '@ambisync/atomics'
import { startLoop } from '@ambisync/core'
import { told } from './told.ts'

async function run(): Promise<unknown> {
  const refused = await told(() => startLoop({ adapter: atomics() })[Symbol.dispose]())
  if (refused !== undefined) return { refused }
  const loop = startLoop({ adapter: atomics() })
  const { slug } = loop.load<typeof import('./tasks.ts')>(new URL('./tasks.js', import.meta.url))
  const sync = await told(() => slug.sync('a b'))
  const future = slug.submit('c d')
  const result = await told(() => future.result())
  const values = [await slug.async('e f'), await future, future.result()]
  const stopSync = await told(() => loop.stopSync())
  await loop.stop()
  return { sync, result, values, stopSync, state: loop.state }
}

Object.assign(globalThis, { outcome: run() })
