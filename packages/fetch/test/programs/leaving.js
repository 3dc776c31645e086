/** How exchanges end that are not simply read to their end: `node leaving.js adapter`. */
import { createFetch, fetch as sharedFetch } from '@ambisync/fetch'
import { adapters } from './adapters.js'
import { outcome } from './outcome.js'
import { startServer } from './start-server.js'

const [name] = process.argv.slice(2)
const base = await startServer()
const adapter = await adapters[name]()
/** On the caller's own thread nothing may block after an `await`. */
const isHere = adapter.capabilities.closures === true
const sender = createFetch()
const isClosed = async (what) => (await (await sender.async(`${base}/closed/${what}`)).text()) === 'closed'
const failure = (promise) => promise.then(String, ({ name, code, cause }) => [name, code, cause?.code])

const seen = {}
// The connections of this thread, and of the loop, are closed when the redirect has been followed.
for (const form of ['async', 'submit']) {
  const fetch = createFetch({ adapter })
  const what = `held-${name}-${form}`
  const promise = fetch[form](`${base}/held/${what}`)
  const status = Promise.resolve(promise).then(
    ({ status }) => status,
    (error) => `${error.name}: ${error.cause?.code}`,
  )
  const stopped = fetch.stop()
  await (await sender.async(`${base}/go/${what}`)).text()
  seen[`stopped while redirected by ${form}`] = [await status, await stopped]
}
{
  const fetch = createFetch({ adapter })
  const future = fetch.submit(`${base}/never/disposed-${name}`)
  future.addDoneCallback(() => {})
  await (await sender.async(`${base}/arrived/never/disposed-${name}`)).text()
  fetch[Symbol.dispose]()
  seen['disposed: the server hears of it'] = [await failure(future), await isClosed(`never/disposed-${name}`)]
}
{
  const response = await sender.async(`${base}/json`, { timeout: 2 ** 31 })
  seen['a limit of 24.8 days'] = response.status
}
{
  const cached = createFetch({ adapter, interceptors: { cache: true } })
  seen['hints before the response, with a cache'] = (await cached.submit(`${base}/hints`)).status
  cached[Symbol.dispose]()
}
{
  // An iterator that has ended is not told of its end, and what that would throw is nobody's.
  const ended = (throws) => ({
    [Symbol.iterator]: () => {
      let count = 0
      const end = () => {
        throw new Error('on purpose')
      }
      return { next: () => ({ done: count++ === (throws ? 9 : 1), value: 'x' }), return: end }
    },
  })
  const fetch = createFetch({ adapter })
  seen['an iterator whose return throws'] = [
    (await fetch.submit(`${base}/echo`, { method: 'POST', body: ended(false) })).status,
    await failure(fetch.submit('http://127.0.0.1:1/', { method: 'POST', body: ended(true) })),
  ]
  await fetch.stop()
}
if (!isHere) {
  const fetch = createFetch({ adapter })
  const response = fetch.sync(`${base}/stalled/unstepped-${name}`)
  response.body[Symbol.iterator]().return()
  seen['a body that was asked for nothing'] = await isClosed(`stalled/unstepped-${name}`)
  fetch.stopSync()
  seen['stopped for good'] = outcome(() => fetch.sync(`${base}/json`)).code
  sharedFetch.stopSync()
  seen['the package’s own starts again'] = [
    sharedFetch.sync(`${base}/json`).status,
    (await sharedFetch.async(`${base}/json`)).status,
  ]
  sharedFetch.stopSync()
}
console.log(JSON.stringify(seen))
process.exit()
