/** Prints what calls take: milliseconds to the end of the first one, and microseconds for one of those after it. */
const { performance } = require('node:perf_hooks')

const began = performance.now()
const { createSyncFn } = require('synckit')
const call = createSyncFn(require.resolve('./worker.cjs'))
call('echo', 0)
const first = performance.now() - began

// Of the size of what a formatter is given.
const text = 'const value = 1\n'.repeat(250)
const options = { filepath: 'file.js', singleQuote: true, plugins: [] }

function time(count) {
  const times = Array.from({ length: count }, () => {
    const before = performance.now()
    call('echo', [text, options])
    return performance.now() - before
  })
  return times.sort((a, b) => a - b)[count >> 1] * 1000
}

const early = time(400)
time(4_000)
const late = time(2_000)
console.log(JSON.stringify({ first, early, late }))
