import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * Runs it in an event of a socket: of all places where user code runs, the one in which an event loop can be turned.
 *
 * A promise job keeps others from running; in a timer or a `setImmediate` Node.js serves no others of their kind; in what a
 * thread has sent, such as the end of a file operation, libuv hears of no other thread.
 */
export function inMacrotask<T>(run: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const sockets: Socket[] = []
    const server = createServer((socket) => {
      sockets.push(socket)
      socket.write('.')
    })
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
      sockets.push(client)
      client.once('error', reject).once('data', () => {
        try {
          resolve(run())
        } catch (error) {
          reject(error)
        } finally {
          for (const socket of sockets) socket.destroy()
          server.close()
        }
      })
    })
  })
}
