import { startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { print } from './start.js'

const loop = startLoop({ adapter: workerThreads() })
const bare = loop.load('@ambisync/node').checkWorkerOptions.sync({ name: 'a name', argv: undefined }, 'the test')
print({ bare, relative: loop.load('./tasks.js').echo.sync('echoed') })
