// Where a program may block, and where it may not: run as CommonJS, and imported by an ES module.
const { EventEmitter } = require('node:events')
const { readFile } = require('node:fs')
const { createServer, get } = require('node:http')
const { startLoop } = require('@ambisync/core')
const { deasync } = require('@ambisync/deasync')

const loop = startLoop({ adapter: deasync() })
let begun = 0
const task = loop.inline(async () => {
  begun++
  await new Promise((resolve) => setTimeout(resolve, 1))
  return 'returned'
})

/** What came of a blocking call, and whether its task has begun although it was refused. */
function attempt() {
  const before = begun
  try {
    return task.sync()
  } catch (error) {
    return begun === before ? error.name : `${error.name}, and it has begun`
  }
}

const outcomes = { 'top level': attempt() }

const places = {
  'a timer': (done) => setTimeout(done, 1),
  'an interval': (done) => {
    const timer = setInterval(() => {
      clearInterval(timer)
      done()
    }, 1)
  },
  'the only immediate of its turn': (done) => setTimeout(setImmediate, 1, done),
  'an immediate after another one': (done) =>
    setTimeout(() => {
      setImmediate(() => {})
      setImmediate(done)
    }, 1),
  'a nextTick of a timer': (done) => setTimeout(process.nextTick, 1, done),
  'an EventEmitter handler': (done) => {
    const emitter = new EventEmitter().on('event', done)
    setTimeout(() => emitter.emit('event'), 1)
  },
  'an EventEmitter handler, emitted in a promise job': (done) => {
    const emitter = new EventEmitter().on('event', done)
    Promise.resolve().then(() => emitter.emit('event'))
  },
  'a callback of the file system': (done) => readFile(__filename, () => done()),
  'a request handler': (done) => {
    const server = createServer((_request, response) => {
      done()
      response.end()
      server.close()
    }).listen(0, () => get({ port: server.address().port, agent: false }, (response) => response.resume()))
  },
  'an async function before its first await': (done) =>
    setTimeout(async () => {
      done()
      await null
    }, 1),
  'an async function after an await': (done) =>
    setTimeout(async () => {
      await null
      done()
    }, 1),
  '.then': (done) => Promise.resolve().then(done),
  '.then of a promise that a timer settles': (done) => new Promise((resolve) => setTimeout(resolve, 1)).then(done),
  queueMicrotask: (done) => queueMicrotask(done),
  'a microtask of a nextTick': (done) => process.nextTick(queueMicrotask, done),
}

async function main() {
  for (const [place, reach] of Object.entries(places)) {
    outcomes[place] = await new Promise((resolve) => reach(() => resolve(attempt())))
  }
  // Whatever was refused would run now, if it were still there.
  await new Promise((resolve) => setTimeout(resolve, 20))
  const returned = Object.values(outcomes).filter((outcome) => outcome === 'returned').length
  console.log(JSON.stringify({ ...outcomes, 'none began later': begun === returned }))
}

void main()
