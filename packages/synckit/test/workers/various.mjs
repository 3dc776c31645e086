import { threadId } from 'node:worker_threads'
import { runAsWorker } from '@ambisync/synckit'

const tasks = {
  thread: () => threadId,
  environment: () => ({ execArgv: process.execArgv, hasFetch: typeof globalThis.fetch, shimmed: globalThis.shimmed }),
  print(text) {
    process.stdout.write(text)
    console.error(text)
  },
  fail() {
    throw Object.assign(new SyntaxError('Unexpected token (1:2)'), {
      loc: { start: { line: 1, column: 2 } },
      codeFrame: '> 1 | a b',
      cause: new RangeError('beneath'),
    })
  },
  failOddly: () => Promise.reject({ code: 'E_ODD' }),
  never: () => new Promise(() => {}),
  exit: () => process.exit(3),
}

runAsWorker(async (name, ...args) => tasks[name](...args))
