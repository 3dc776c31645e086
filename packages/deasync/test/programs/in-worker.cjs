// In a worker thread of the user's own.
const { Worker, isMainThread, parentPort } = require('node:worker_threads')

if (isMainThread) {
  new Worker(__filename).on('message', (message) => console.log(JSON.stringify(message)))
} else {
  const { startLoop } = require('@ambisync/core')
  const { deasync } = require('@ambisync/deasync')
  const loop = startLoop({ adapter: deasync() })
  const object = { f: () => 1 }
  const same =
    loop.inline((value) => new Promise((resolve) => setTimeout(resolve, 5, value))).sync([object])[0] === object
  parentPort.postMessage({ same })
}
