// The ways of making the same request. Each takes a case's options, or undefined, and says how to fetch and to end.
import { fetch as undiciFetch } from 'undici'
import { dispatcherOf } from './dispatcher-of.js'

function undici(options) {
  if (options === undefined) return { fetch: undiciFetch, end: () => {} }
  const dispatcher = dispatcherOf(options)
  return { fetch: (input, init) => undiciFetch(input, { ...init, dispatcher }), end: () => dispatcher.destroy() }
}

async function ours(options, mode, adapter) {
  const { createFetch, fetch } = await import('@ambisync/fetch')
  const isDefault = options === undefined && adapter === undefined
  const own = isDefault ? fetch : createFetch({ ...options, ...(adapter && { adapter }) })
  return { fetch: own[mode], end: () => own.stop() }
}

export const ways = {
  undici: { isReference: true, start: undici },
  async: { start: (options) => ours(options, 'async') },
  submit: { readsBlock: true, start: (options) => ours(options, 'submit') },
  sync: { blocks: true, readsBlock: true, start: (options) => ours(options, 'sync') },
  'sync, atomics': {
    blocks: true,
    readsBlock: true,
    start: async (options) => ours(options, 'sync', (await import('@ambisync/atomics')).atomics()),
  },
  'sync, child-process': {
    blocks: true,
    readsBlock: true,
    start: async (options) => ours(options, 'sync', (await import('@ambisync/child-process')).childProcess()),
  },
}
