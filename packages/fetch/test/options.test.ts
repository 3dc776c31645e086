import { createFetch } from '@ambisync/fetch'
import { describe, expect, it } from 'vitest'

describe('options of createFetch', () => {
  it('that there are not are named', () => {
    expect(() => createFetch({ agent: {} } as never)).toThrow(/"agent" is not an option of createFetch.*adapter, mode/)
    expect(() => createFetch(null as never)).toThrow(/must be an object, not null/)
    expect(() => createFetch({ interceptors: { redirect: true } } as never)).toThrow(/"redirect".*cache, retry, dns/)
    expect(() => createFetch({ proxy: { url: 'http://localhost' } } as never)).toThrow(/"url".*proxy.*uri, token/)
  })

  it.each([
    ['adapter', {}, TypeError],
    ['mode', 'later', TypeError],
    ['detector', {}, TypeError],
    ['connections', 0, RangeError],
    ['connections', '1', TypeError],
    ['pipelining', -1, RangeError],
    ['allowH2', 1, TypeError],
    ['proxy', 'nowhere', TypeError],
    ['proxy', 1, TypeError],
    ['connect', 'tls', TypeError],
    ['keepAliveTimeout', 0, RangeError],
    ['headersTimeout', Number.NaN, RangeError],
    ['bodyTimeout', 1.5, RangeError],
    ['maxResponseSize', 0, RangeError],
    ['interceptors', [1], TypeError],
    ['interceptors', true, TypeError],
  ])('%s: %j is refused by name', (name, value, kind) => {
    const create = (): unknown => createFetch({ [name]: value } as never)
    expect(create).toThrow(kind)
    expect(create).toThrow(name)
  })

  it('that cannot go to the loop are named by their paths', () => {
    const lookup = (): void => {}
    expect(() => createFetch({ connect: { lookup } })).toThrow(/^connect\.lookup is a function/)
    expect(() => createFetch({ interceptors: { cache: { store: new Map() } } })).toThrow(
      /^interceptors\.cache\.store is a Map/,
    )
    expect(() => createFetch({ proxy: { uri: 'http://localhost', proxyTls: { lookup } } })).toThrow(
      /^proxy\.proxyTls\.lookup/,
    )
  })

  it('that are right are taken', () => {
    const options = { connections: null, pipelining: 0, allowH2: true, maxResponseSize: -1, headersTimeout: 0 }
    const connect = { ca: [Buffer.from('a')], rejectUnauthorized: false }
    expect(() => createFetch({ ...options, connect, interceptors: { dns: false, retry: {} } })).not.toThrow()
  })
})

describe('options of fetch.with', () => {
  const fetch = createFetch()

  it('are checked before anything is sent', () => {
    expect(() => fetch.with({ readAhead: 1 } as never)).toThrow(
      /"readAhead" is not an option of fetch\.with.*timeout, signal, mode/,
    )
    expect(() => fetch.with({ transfer: [] } as never)).toThrow(TypeError)
    expect(() => fetch.with({ timeout: -1 })).toThrow(RangeError)
    expect(() => fetch.with({ signal: {} as never })).toThrow(TypeError)
    expect(() => fetch.with({ mode: 'later' as never })).toThrow(/mode must be/)
    expect(() => fetch.with(null as never)).toThrow(TypeError)
  })

  it('fetch.all takes an array', () => {
    expect(() => fetch.all('url' as never)).toThrow(/takes an array/)
  })
})
