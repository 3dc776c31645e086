/** What importing core and the default adapter takes, in a fresh process. Prints milliseconds. */
const start = performance.now()
await import('@ambisync/core')
await import('@ambisync/worker-threads')
console.log(performance.now() - start)
