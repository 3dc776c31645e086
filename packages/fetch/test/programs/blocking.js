/** What callers that block see: `node blocking.js adapter`. */
import { dual } from '@ambisync/core'
import { createFetch, FormData, Headers, Request, SyncResponse } from '@ambisync/fetch'
import { errors } from 'undici'
import { adapters } from './adapters.js'
import { describe, outcome } from './outcome.js'
import { startServer } from './start-server.js'

const [name] = process.argv.slice(2)
const base = await startServer()
const adapter = await adapters[name]()
const fetch = createFetch({ adapter })
const limited = createFetch({ adapter, maxResponseSize: 10 })

const sent = (body, init) => {
  const { headers, body: text } = fetch.sync(`${base}/echo`, { method: 'POST', body, ...init }).json()
  const type = headers['content-type']
  const boundary = /boundary=(.*)/.exec(type ?? '')?.[1]
  if (boundary === undefined) return [type, text]
  return [type.replace(boundary, 'cut'), text.replaceAll(boundary, 'cut')]
}

function* chunks() {
  yield new Uint8Array([97])
  yield 'b'
  yield Buffer.from('c')
}

const formWith = (form) => {
  form.append('text', 'one')
  form.append('file', new File(['content'], 'a.txt', { type: 'text/plain' }))
  form.append('blob', new Blob(['more']))
  return form
}

const scenarios = {
  response() {
    const response = fetch.sync(new URL('/json#fragment', base))
    const { status, ok, statusText, redirected, type, headers, bodyUsed } = response
    const isOurs = response instanceof SyncResponse && headers instanceof Headers
    const body = response.json()
    const url = response.url === `${base}/json`
    return [
      status,
      ok,
      statusText,
      redirected,
      type,
      url,
      isOurs,
      headers.get('content-type'),
      bodyUsed,
      body,
      response.bodyUsed,
    ]
  },
  redirected() {
    const { redirected, url } = fetch.sync(`${base}/redirect`)
    return [redirected, url === `${base}/json`, fetch.sync(`${base}/redirect`, { redirect: 'manual' }).status]
  },
  immutable: () => outcome(() => fetch.sync(`${base}/json`).headers.set('a', 'b')).class,
  cookies: () => fetch.sync(`${base}/cookies`).headers.getSetCookie(),
  notFound: () => [fetch.sync(`${base}/status/404`).ok, fetch.sync(`${base}/status/500`).status],
  readers() {
    const url = `${base}/bom`
    const buffer = fetch.sync(url).buffer()
    const blob = fetch.sync(`${base}/typed`).blob()
    const bytes = fetch.sync(url).bytes()
    return {
      text: fetch.sync(url).text(),
      arrayBuffer: [...new Uint8Array(fetch.sync(url).arrayBuffer())],
      bytes: [bytes.constructor.name, ...bytes],
      buffer: [Buffer.isBuffer(buffer), buffer.length],
      blob: [blob.constructor.name, blob.type, blob.size],
      json: outcome(() => fetch.sync(`${base}/invalid`).json()).class,
    }
  },
  forms() {
    const file = fetch.sync(`${base}/form`).formData()
    const { name, type, size } = file.get('file')
    return [
      file instanceof FormData,
      file.get('text'),
      [name, type, size],
      fetch.sync(`${base}/urlencoded`).formData().getAll('a'),
      outcome(() => fetch.sync(`${base}/json`).formData()).message,
    ]
  },
  readOnce() {
    const response = fetch.sync(`${base}/json`)
    response.text()
    return [outcome(() => response.text()), outcome(() => response.clone()), outcome(() => [...response.body])].map(
      ({ class: kind, message }) => `${kind}: ${message}`,
    )
  },
  cloned() {
    const response = fetch.sync(`${base}/bytes/300000`)
    const clone = response.clone()
    const [first] = clone.body
    first.fill(0)
    const rest = response.clone()
    return [response.text() === 'x'.repeat(300_000), rest.bytes().length, clone.bodyUsed, clone.status]
  },
  noBody() {
    const head = fetch.sync(`${base}/head`, { method: 'HEAD' })
    const empty = fetch.sync(`${base}/status/204`)
    const shown = [head.body, head.headers.get('x-seen'), empty.body, empty.text(), empty.text(), empty.bodyUsed]
    return [...shown, fetch.sync(`${base}/status/200`).body !== null]
  },
  streamed() {
    let size = 0
    let count = 0
    for (const chunk of fetch.sync(`${base}/bytes/1000000`).body) {
      size += chunk.byteLength
      count++
    }
    return [size, count > 1]
  },
  bodies: () => ({
    string: sent('text é'),
    other: sent(12),
    bytes: sent(new Uint8Array([1, 97, 98, 2]).subarray(1, 3)),
    buffer: sent(Buffer.from('ab')),
    view: sent(new DataView(new Uint8Array([97, 98]).buffer)),
    arrayBuffer: sent(new Uint8Array([97, 98]).buffer),
    params: sent(new URLSearchParams({ a: '1 2' })),
    blob: sent(new Blob(['ab'], { type: 'text/x-blob' })),
    file: sent(new File(['ab'], 'a.txt', { type: 'text/x-file' })),
    own: sent('{}', { headers: { 'Content-Type': 'application/json' } }),
    array: sent([Buffer.from('a'), Buffer.from('b')]),
    none: sent(null),
    large: sent(new Uint8Array(3_000_000).fill(97))[1].length,
  }),
  iterable: () => sent(chunks()),
  formBodies() {
    const own = sent(formWith(new FormData()))
    const foreign = sent(formWith(new globalThis.FormData()))
    return [own[0], own[1], own[1] === foreign[1]]
  },
  requests() {
    const url = `${base}/echo`
    const own = new Request(url, { method: 'POST', body: 'text', headers: { 'X-Own': 'a' } })
    const form = new Request(url, { method: 'POST', body: formWith(new FormData()) })
    const foreign = new globalThis.Request(url, { method: 'DELETE', headers: { 'x-foreign': 'b' } })
    const seen = [own, foreign].map((request) => fetch.sync(request).json())
    const changed = fetch.sync(new Request(url, { method: 'PUT', body: 'text' }), { body: 'other' }).json()
    return [
      ...seen.map(({ method, headers, body }) => [method, headers['x-own'] ?? headers['x-foreign'], body]),
      seen[0].rawHeaders.includes('X-Own'),
      fetch.sync(form).json().body.includes('content'),
      [changed.method, changed.body],
    ]
  },
  /** Only where the caller's event loop is turned do they get on. */
  asyncBodies() {
    async function* later() {
      yield await new Promise((resolve) => setTimeout(resolve, 1, 'late'))
    }
    const init = { method: 'POST', body: later(), duplex: 'half' }
    const foreign = new globalThis.Request(`${base}/echo`, { method: 'POST', body: 'text' })
    return [() => fetch.sync(`${base}/echo`, init), () => fetch.sync(foreign)].map((call) =>
      outcome(() => call().json().body),
    )
  },
  refused() {
    const url = `${base}/json`
    const calls = {
      url: () => fetch.sync('nothing'),
      credentials: () => fetch.sync('http://user:password@localhost/'),
      method: () => fetch.sync(url, { method: 'a b' }),
      header: () => fetch.sync(url, { headers: { 'a b': 'c' } }),
      getBody: () => fetch.sync(url, { body: 'text' }),
      duplex: () => fetch.sync(url, { method: 'POST', body: new ReadableStream() }),
      redirect: () => fetch.sync(url, { redirect: 'sometimes' }),
      signal: () => fetch.sync(url, { signal: {} }),
      window: () => fetch.sync(url, { window: 1 }),
      init: () => fetch.sync(url, 1),
      timeout: () => fetch.sync(url, { timeout: -1 }),
      noTimeout: () => fetch.sync(url, { timeout: '1' }),
      dispatcher: () => fetch.sync(url, { dispatcher: {} }),
    }
    return Object.fromEntries(Object.entries(calls).map(([key, call]) => [key, outcome(call)]))
  },
  failed() {
    const cut = outcome(() => fetch.sync(`${base}/cut`).text())
    let isSocketError = false
    try {
      fetch.sync(`${base}/cut`).text()
    } catch (error) {
      isSocketError = error.cause instanceof errors.SocketError
    }
    const { cause, ...unreachable } = outcome(() => fetch.sync('http://127.0.0.1:9/'))
    return { cut, isSocketError, unreachable, cause: cause.message }
  },
  timeout() {
    const inTime = fetch.sync(`${base}/json`, { timeout: 60_000 }).json()
    const head = outcome(() => fetch.sync(`${base}/never/head`, { timeout: 50 }))
    const body = outcome(() => fetch.sync(`${base}/stalled/body`, { timeout: 300 }).text())
    const none = outcome(() => fetch.sync(`${base}/json`, { timeout: 0 }))
    const shorter = outcome(() => fetch.with({ timeout: 50 }).sync(`${base}/never/with`, { timeout: 60_000 }))
    return { inTime, errors: [head, body, none, shorter].map(({ name, code }) => [name, code]) }
  },
  signal() {
    const reason = new RangeError('enough')
    const aborted = outcome(() => fetch.sync(`${base}/json`, { signal: AbortSignal.abort(reason) }))
    const plain = outcome(() => fetch.sync(`${base}/json`, { signal: AbortSignal.abort() }))
    const byWith = outcome(() => fetch.with({ signal: AbortSignal.abort(reason) }).sync(`${base}/json`))
    return [aborted, [plain.class, plain.name], byWith.message]
  },
  largest() {
    const error = outcome(() => limited.sync(`${base}/bytes/1000`).text())
    return [error.message, error.cause.class, error.cause.code, limited.sync(`${base}/bytes/5`).text()]
  },
  all() {
    const urls = [`${base}/bytes/1`, new URL('/bytes/2', base), [`${base}/echo`, { method: 'POST', body: 'x' }]]
    const sizes = (responses) => responses.map((response) => response.bytes().length > 2)
    const settled = fetch.all([urls[0], 'nothing'], { returnExceptions: true }).result()
    return [
      fetch
        .all(urls.slice(0, 2))
        .result()
        .map((response) => response.bytes().length),
      sizes(fetch.all(urls, { limit: 1 }).result()),
      settled.map(({ status }) => status),
      outcome(() => fetch.all(['nothing', urls[0]]).result()).message,
      outcome(() => fetch.all([`${base}/never/all`], { timeout: 50 }).result()).name,
    ]
  },
  generator() {
    const size = dual(function* (path) {
      const response = yield* fetch(`${base}${path}`)
      return response.text().length
    })
    const response = fetch.with({ mode: 'sync' }).auto(`${base}/json`)
    return [size.sync('/bytes/12'), response instanceof SyncResponse]
  },
}

/** Where a body arrives while it is read. */
const streaming = {
  ended() {
    const message = outcome(() => fetch.sync(`${base}/never/head`, { timeout: 100 })).message
    outcome(() => fetch.sync(`${base}/stalled/body`, { timeout: 100 }).text())
    const closed = ['never/head', 'stalled/body'].map((path) => fetch.sync(`${base}/closed/${path}`).text())
    return [message.replace(base, ''), ...closed]
  },
  left() {
    for (const chunk of fetch.sync(`${base}/stalled/left`).body) {
      if (chunk.length > 0) break
    }
    const cloned = fetch.sync(`${base}/stalled/cloned`)
    const clone = cloned.clone()
    for (const _ of clone.body) break
    for (const _ of cloned.body) break
    return ['left', 'cloned'].map((path) => fetch.sync(`${base}/closed/stalled/${path}`).text())
  },
  headFirst: () => fetch.sync(`${base}/stalled/head`).status,
  cutLate() {
    const seen = []
    try {
      for (const chunk of fetch.sync(`${base}/cut`).body) seen.push(Buffer.from(chunk).toString())
    } catch (error) {
      seen.push(describe(error).message)
    }
    return seen
  },
}

/** Where each call takes a process, only what is different there, or may be. */
const slow = [
  'forms',
  'noBody',
  'streamed',
  'iterable',
  'formBodies',
  'asyncBodies',
  'failed',
  'timeout',
  'largest',
  'generator',
]

const pick = (from, names) => Object.fromEntries(names.map((each) => [each, from[each]]))

// Not in a promise job, where not every adapter can block.
setTimeout(() => {
  const all = adapter.capabilities.resident ? { ...scenarios, ...streaming } : pick(scenarios, slow)
  const seen = {}
  for (const [key, run] of Object.entries(all)) seen[key] = outcome(run)
  fetch.stopSync()
  limited.stopSync()
  seen.stopped = outcome(() => fetch.sync(`${base}/json`)).code
  console.log(JSON.stringify(seen))
}, 1)
