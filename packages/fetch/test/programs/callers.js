/** What errors of blocking calls say of who has called, and names in messages. */
import { openAsBlob } from 'node:fs'
import { callerDetector } from '@ambisync/detect'
import { createFetch, fetch } from '@ambisync/fetch'

const base = 'http://127.0.0.1:1'
function loadConfig(...args) {
  try {
    return fetch.sync(...args).status
  } catch (error) {
    return [error.name, error.code, /at loadConfig /.test(error.stack), error.message]
  }
}
const attempt = (call) => {
  try {
    return call()
  } catch ({ name, message }) {
    return [name, message]
  }
}

async function* lines() {
  yield 'never'
}

const chosen = createFetch({ detector: callerDetector() })
const warned = new Promise((resolve) => process.once('warning', ({ message }) => resolve(message)))
async function inAsync() {
  chosen.sync('data:,x')
}
await inAsync()

console.log(
  JSON.stringify({
    'bad URL': loadConfig('no url'),
    'body on GET': loadConfig(base, { body: 'x' }),
    'no time': loadConfig(base, { timeout: 0 }),
    'async body': loadConfig(base, { method: 'POST', body: lines(), duplex: 'half' }),
    'Blob of a file': loadConfig(base, { method: 'POST', body: await openAsBlob(process.argv[1]) }),
    refused: loadConfig(base).slice(0, 3),
    'no detector': attempt(() => fetch.auto('data:,x')),
    'a detector': (() => chosen.auto('data:,x').text())(),
    'and an async caller': await (async () => chosen.auto('data:,x') instanceof Promise)(),
    warning: await warned,
    name: fetch.name,
  }),
)
process.exit()
