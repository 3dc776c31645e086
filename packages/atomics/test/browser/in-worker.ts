/** What is particular to a loop in a browser, in a page's worker. */
import { atomics } from '@ambisync/atomics'
import { startLoop } from '@ambisync/core'
import { told } from './told.ts'

async function run(): Promise<unknown> {
  const refused = await told(() => startLoop({ adapter: atomics() })[Symbol.dispose]())
  if (refused !== undefined) return { refused }
  const loop = startLoop({ adapter: atomics() })
  const url = new URL('./tasks.js', import.meta.url)
  const { slug, echo, closeWorker, blob, askLate } = loop.load<typeof import('./tasks.ts')>(url)
  // The first thing that happens: nothing has given the worker's event loop a turn.
  const first = slug.sync('At Once')
  const outcome = {
    first,
    closed: await told(() => closeWorker.sync()),
    afterwards: slug.sync('After That'),
    blob: await told(() => echo.sync({ list: [new Blob([])] })),
    blobBack: await told(() => blob.sync()),
    shared: await told(() => echo.sync([new SharedArrayBuffer(8)])),
    relative: await told(() => loop.load<typeof import('./tasks.ts')>('./tasks.js').slug.sync('')),
    askLate: await told(() => askLate.sync()),
    relay: await told(() => startLoop({ adapter: atomics(), output: 'relay' })),
    option: await told(() => atomics({ execArgv: [] } as never)),
    ring: await told(() => atomics({ ringSize: 1_000 })),
  }
  loop.stopSync()
  return { ...outcome, state: loop.state }
}

postMessage(await run())
