/** Ends by itself, with an idle fetch and a body that nobody reads: `node idle.js adapter`. */
import { createFetch } from '@ambisync/fetch'
import { adapters } from './adapters.js'
import { startServer } from './start-server.js'

const base = await startServer()
const fetch = createFetch({ adapter: await adapters[process.argv[2]]() })
setTimeout(() => {
  const status = fetch.sync(`${base}/json`).status
  const unread = fetch.sync(`${base}/bytes/1000000`)
  process.on('exit', () => console.log(JSON.stringify([status, unread.bodyUsed])))
}, 1)
