// All servers in a process of its own, so that a thread that is blocked can use them. Prints their origins as a line of
// JSON; when its input ends, what they saw as another, and ends.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { recordDeep, setOrigins } from '../programs/record-value.js'
import { httpServers } from './http.js'
import { rawServer } from './raw.js'
import { allSeen } from './seen.js'

const origins = {}

async function listen(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}

for (const [name, scheme, server] of [...httpServers(origins), ['raw', 'http', rawServer()]]) {
  origins[name] = `${scheme}://127.0.0.1:${await listen(server)}`
}
const nobody = createServer()
const port = await listen(nobody)
nobody.close()
await once(nobody, 'close')
origins.nobody = `http://127.0.0.1:${port}`

setOrigins(origins)
process.stdout.write(`${JSON.stringify(origins)}\n`)
process.stdin.resume().on('end', () => {
  process.stdout.write(`${JSON.stringify(recordDeep(allSeen()))}\n`, () => process.exit())
})
