/** What the tests in Jest and vitest call. */
const { runAsWorker } = require('synckit')

const tasks = {
  echo: (value) => value,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, 'slept')),
  never: () => new Promise(() => {}),
  print: (text) => console.log(text),
  plain: () => ({ list: [1, { a: 'b' }], date: new Date(0), map: new Map([['a', 1]]), bytes: new Uint8Array([1, 2]) }),
  fail() {
    throw Object.assign(new SyntaxError('Unexpected token (1:2)', { cause: new RangeError('beneath') }), {
      codeFrame: '> 1 | a b',
      loc: { start: { line: 1, column: 2 } },
    })
  },
}

runAsWorker(async (name, ...args) => await tasks[name](...args))
