/** The adapters by name, each imported only where it is used. */
export const adapters = {
  'worker-threads': async () => (await import('@ambisync/worker-threads')).workerThreads(),
  atomics: async () => (await import('@ambisync/atomics')).atomics(),
  'child-process': async () => (await import('@ambisync/child-process')).childProcess(),
  'child-process, one per call': async () =>
    (await import('@ambisync/child-process')).childProcess({ persistent: false }),
  deasync: async () => (await import('@ambisync/deasync')).deasync(),
}
