import type { Agent, Dispatcher, ProxyAgent } from 'undici'
import type { ConnectionOptions } from './options.ts'
import { loadAgent, undici } from './undici.ts'

/** What makes connections with these options: the same on the loop and, for `.async`, on the caller's thread. */
export function createDispatcher(options: ConnectionOptions = {}): Dispatcher {
  const { proxy, interceptors = {}, connect, ...shared } = options
  const base =
    proxy === undefined
      ? new (loadAgent())({ ...shared, ...(connect && { connect }) } as Agent.Options)
      : new (undici().ProxyAgent)({ ...shared, ...proxyOptions(proxy, connect) } as ProxyAgent.Options)
  const { cache, retry, dns } = interceptors
  if (!cache && !retry && !dns) return base
  const available = undici().interceptors
  const chain: Dispatcher.DispatcherComposeInterceptor[] = []
  // The last one is the outermost: what is in the cache needs neither an attempt nor an address.
  if (dns) chain.push(available.dns(optionsOf(dns)))
  if (retry) chain.push(available.retry(optionsOf(retry)))
  if (cache) chain.push(available.cache(optionsOf(cache)))
  return base.compose(chain)
}

function optionsOf(given: boolean | Readonly<Record<string, unknown>>): Record<string, unknown> {
  return given === true || given === false ? {} : { ...given }
}

function proxyOptions(proxy: NonNullable<ConnectionOptions['proxy']>, connect: ConnectionOptions['connect']): object {
  const given = typeof proxy === 'string' || proxy instanceof URL ? { uri: String(proxy) } : proxy
  // `connect` is about the servers, also behind a proxy.
  return connect === undefined ? given : { requestTls: connect, ...given }
}
