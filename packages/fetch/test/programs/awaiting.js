/** What callers that await see: `node awaiting.js adapter`. */
import { runWithMode } from '@ambisync/core'
import { createFetch, Response, SyncResponse } from '@ambisync/fetch'
import { adapters } from './adapters.js'
import { outcome, outcomeAsync } from './outcome.js'
import { startServer } from './start-server.js'

const [name] = process.argv.slice(2)
const base = await startServer()
const adapter = await adapters[name]()
const fetch = createFetch({ adapter })

/** The same by `.async`, and by `.submit`, whose response is read by blocking where that is possible: in no promise job. */
const twins = async (input, init) => {
  const both = [fetch.async(input, init()), fetch.submit(input, init())]
  const read = async (response) => {
    if (response instanceof Response) return await response.text()
    return await new Promise((resolve) => setTimeout(() => resolve(outcome(() => response.text())), 1))
  }
  return await Promise.all(both.map((each) => outcomeAsync(async () => read(await each))))
}

const bodyOf = (text) => (typeof text === 'string' ? JSON.parse(text).body : text)

async function* later() {
  yield 'a'
  await new Promise((resolve) => setTimeout(resolve, 1))
  yield Buffer.from('b')
}

function* chunks() {
  yield 'a'
  yield new Uint8Array([98])
}

const form = () => {
  const made = new globalThis.FormData()
  made.append('a', 'b')
  return made
}

const scenarios = {
  async classes() {
    return [
      (await fetch.async(`${base}/json`)) instanceof Response,
      (await fetch.submit(`${base}/json`)) instanceof SyncResponse,
    ]
  },
  async bodies() {
    const post = (body, more) => twins(`${base}/echo`, () => ({ method: 'POST', body: body(), ...more }))
    const seen = {
      iterable: await post(chunks),
      text: await post(() => 'ab'),
      blob: await post(() => new Blob(['ab'])),
      request: await twins(new globalThis.Request(`${base}/echo`, { headers: { a: 'b' } }), () => undefined),
    }
    const forms = (await post(form)).map((text) => bodyOf(text).includes('name="a"'))
    return { ...Object.fromEntries(Object.entries(seen).map(([key, [a, b]]) => [key, [bodyOf(a), bodyOf(b)]])), forms }
  },
  async refused() {
    const seen = {
      url: await twins('nothing', () => undefined),
      getBody: await twins(`${base}/json`, () => ({ body: 'a' })),
      dispatcher: await twins(`${base}/json`, () => ({ dispatcher: {} })),
      init: await twins(`${base}/json`, () => 1),
      range: await twins(`${base}/json`, () => ({ timeout: Number.NaN })),
      none: await twins(`${base}/json`, () => ({ timeout: 0 })),
      cut: await twins(`${base}/cut`, () => undefined),
      aborted: await twins(`${base}/json`, () => ({ signal: AbortSignal.abort(new RangeError('enough')) })),
    }
    return Object.entries(seen).map(([key, [a, b]]) => [key, a.class, JSON.stringify(a) === JSON.stringify(b)])
  },
  async headLimit() {
    const [a, b] = await twins(`${base}/never/twins`, () => ({ timeout: 100 }))
    return [a.code, JSON.stringify(a) === JSON.stringify(b)]
  },
  async auto() {
    const url = `${base}/json`
    const undecided = await outcomeAsync(() => fetch.auto(url))
    const byMode = await fetch.with({ mode: 'async' }).auto(url)
    const byScope = await runWithMode('async', () => fetch.auto(url))
    const made = createFetch({ adapter, detector: { modeOf: (form) => (form === made.auto ? 'async' : 'sync') } })
    const detected = await made.auto(url)
    return [undecided.name, ...[byMode, byScope, detected].map((response) => response instanceof Response)]
  },
  async all() {
    const responses = await fetch.all([`${base}/bytes/1`, [`${base}/bytes/2`]])
    return responses.map(({ status }) => status)
  },
}

/** What needs a loop that lives on. */
const resident = {
  async bodyLimit() {
    const [a, b] = await twins(`${base}/stalled/twins`, () => ({ timeout: 300 }))
    return [a.code, JSON.stringify(a) === JSON.stringify(b)]
  },
  async asyncIterables() {
    const seen = await twins(`${base}/echo`, () => ({ method: 'POST', body: later(), duplex: 'half' }))
    return seen.map(bodyOf)
  },
  async signals() {
    const controller = new AbortController()
    const calls = [
      fetch.async(`${base}/never/signal/async`, { signal: controller.signal }),
      fetch.submit(`${base}/never/signal/submit`, { signal: controller.signal }),
    ]
    // Both have been sent, or at least begun, before it is aborted.
    await fetch.submit(`${base}/json`)
    controller.abort(new RangeError('enough'))
    return (await Promise.all(calls.map((call) => outcomeAsync(() => call)))).map(({ message }) => message)
  },
  async cancelled() {
    const future = fetch.submit(`${base}/never/cancelled`)
    await fetch.submit(`${base}/json`)
    future.cancel()
    const { name: error } = await outcomeAsync(() => future)
    await fetch.submit(`${base}/closed/never/cancelled`)
    return error
  },
  async forgotten() {
    // Nobody holds the response, nor the promise of it.
    await (async () => (await fetch.submit(`${base}/stalled/forgotten`)).status)()
    const closed = fetch.submit(`${base}/closed/stalled/forgotten`)
    while (!closed.done()) {
      globalThis.gc()
      await new Promise((resolve) => setImmediate(resolve))
    }
    return (await closed).status
  },
}

const all = adapter.capabilities.resident ? { ...scenarios, ...resident } : scenarios
const seen = {}
for (const [key, run] of Object.entries(all)) seen[key] = await outcomeAsync(run)

const underWay = fetch.submit(`${base}/json`)
await fetch.stop()
seen.stopped = {
  underWay: (await underWay).status,
  async: (await outcomeAsync(() => fetch.async(`${base}/json`))).code,
  submit: (await outcomeAsync(() => fetch.submit(`${base}/json`))).code,
}
const disposed = createFetch({ adapter })
const pending = disposed.submit(`${base}/never/disposed`)
disposed[Symbol.dispose]()
seen.disposed = (await outcomeAsync(() => pending)).name
console.log(JSON.stringify(seen))
