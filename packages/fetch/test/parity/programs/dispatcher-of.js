// The dispatcher that a user of undici would build from the options of `createFetch`: what ours is compared with.
import { Agent, interceptors, ProxyAgent } from 'undici'

export function dispatcherOf({ proxy, connect, interceptors: { cache, retry, dns } = {}, ...agent }) {
  const dispatcher =
    proxy === undefined
      ? new Agent({ ...agent, connect })
      : new ProxyAgent({ ...agent, ...(typeof proxy === 'string' ? { uri: proxy } : proxy), requestTls: connect })
  const composed = []
  if (dns) composed.push(interceptors.dns(optionsOf(dns)))
  if (retry) composed.push(interceptors.retry(optionsOf(retry)))
  if (cache) composed.push(interceptors.cache(optionsOf(cache)))
  return composed.length === 0 ? dispatcher : dispatcher.compose(composed)
}

function optionsOf(given) {
  return given === true ? undefined : given
}
