/** The other side of `start-server.ts`: what the processes do alike that serve a queue. */

/** What the process is told to serve. */
export interface ServerOrder {
  readonly url: string
  readonly queue: string
  readonly concurrency: number
}

export function readServerOrder(): ServerOrder {
  return JSON.parse(process.argv[2] ?? '') as ServerOrder
}

/** Says that calls can come, and from now on, when asked, what they have cost. The process ends with its parent. */
export function sayReady(): void {
  process.on('message', () => process.send?.(processorTime()))
  process.on('disconnect', () => process.exit())
  process.send?.('ready')
}

/** Of all threads of this process since it began, in microseconds. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
