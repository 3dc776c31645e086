/** Carries what comes to a port of its own to the one that it is given, until it is told `cut`, and after it is told `mend`. */
import { connect, createServer } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

/** @type {Set<import('node:net').Socket>} */
const sockets = new Set()
let isCut = false

const server = createServer((socket) => {
  if (isCut) {
    socket.destroy()
    return
  }
  const onward = connect(workerData, '127.0.0.1')
  for (const each of [socket, onward]) {
    sockets.add(each)
    each.on('error', () => {}).on('close', () => sockets.delete(each))
  }
  socket.pipe(onward).pipe(socket)
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  parentPort?.postMessage(typeof address === 'object' ? address?.port : undefined)
})

parentPort?.on('message', (told) => {
  isCut = told === 'cut'
  if (isCut) for (const socket of sockets) socket.destroy()
  parentPort?.postMessage('done')
})
