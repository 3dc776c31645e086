import { stat } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export { echo } from './echo.js'

/** Between two operations, in milliseconds. */
const interval = 5

/** How late each operation was, in milliseconds: a timer after its time, any other after it had begun. */
let times: number[] = []
let isOn = false

const operations: Record<string, () => Promise<() => Promise<void>>> = {
  timer: async () => () => Promise.resolve(),
  'file system': async () => {
    const path = fileURLToPath(import.meta.url)
    return async () => void (await stat(path))
  },
  async socket() {
    const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay()
    return () =>
      new Promise((resolve) => {
        socket.once('data', () => resolve())
        socket.write('.')
      })
  },
}

/** One operation after another, until `end`. */
export async function begin(name: string): Promise<void> {
  const operation = await operations[name]?.()
  if (operation === undefined) throw new Error(`there is no operation "${name}"`)
  isOn = true
  times = []
  const isTimer = name === 'timer'
  const next = (): void => {
    const due = performance.now() + interval
    setTimeout(async () => {
      const start = isTimer ? due : performance.now()
      await operation()
      times.push(performance.now() - start)
      if (isOn) next()
    }, interval)
  }
  next()
}

export function end(): readonly number[] {
  isOn = false
  return times
}
