import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { print } from './start.js'

function add(options) {
  const loop = startLoop({ adapter: workerThreads(options) })
  const tasks = loop.load(new URL('./typed-tasks.ts', import.meta.url))
  const { status, value, reason } = tasks.add.submit(1, 2).outcome()
  return status === 'fulfilled' ? { value } : { name: reason.name, message: reason.message }
}

print({ plain: add({}), withTsx: add({ execArgv: ['--import', './register-tsx.js'] }) })
