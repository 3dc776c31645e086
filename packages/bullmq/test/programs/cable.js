/**
 * Carries what comes to a port of its own to the one that it is given. Told `cut`, it ends all connections, and takes none;
 * told `hush`, it carries nothing any more of those that there are, and says nothing; told `mend`, it takes connections.
 */
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
  if (told === 'hush') for (const socket of sockets) socket.unpipe().pause()
  parentPort?.postMessage('done')
})
