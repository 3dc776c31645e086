// The three ways of making the same request. Each takes a case's options, or undefined, and says how to fetch and to end.
import { fetch as undiciFetch } from 'undici'
import { dispatcherOf } from './dispatcher-of.js'

function undici(options) {
  if (options === undefined) return { fetch: undiciFetch, end: () => {} }
  const dispatcher = dispatcherOf(options)
  return { fetch: (input, init) => undiciFetch(input, { ...init, dispatcher }), end: () => dispatcher.destroy() }
}

async function ours(options, mode) {
  const { createFetch, fetch } = await import('@ambisync/fetch')
  const own = options === undefined ? fetch : createFetch(options)
  return { fetch: own[mode], end: () => own.stop() }
}

export const ways = {
  undici: { blocking: false, reference: true, start: undici },
  async: { blocking: false, reference: false, start: (options) => ours(options, 'async') },
  sync: { blocking: true, reference: false, start: (options) => ours(options, 'sync') },
}
