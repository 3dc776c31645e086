import { readSync } from 'node:fs'
import type { Socket } from 'node:net'

const scratch = new Uint8Array(64)

/**
 * The caller's end of the pipe to a process. The process writes a byte to it, to have the caller's event loop look at
 * the file of the call; and it closes when the process has ended, of whatever.
 */
export class PipeEnd {
  readonly #socket: Socket
  readonly #pid: number
  #closed = false

  /** @param onNews what the event loop runs when there is something to look at */
  constructor(socket: Socket, pid: number, onNews: () => void) {
    this.#socket = socket
    this.#pid = pid
    // Reset, say: the `close` that follows is what counts.
    socket.on('error', () => {})
    socket.on('data', onNews)
    socket.on('close', () => {
      this.#closed = true
      onNews()
    })
  }

  /** Whether the other end is gone. Does not need the event loop, and takes nothing from it: what is read says nothing. */
  isClosed(): boolean {
    if (this.#closed) return true
    const descriptor = descriptorOf(this.#socket)
    this.#closed = descriptor === undefined ? !exists(this.#pid) : isAtEnd(descriptor)
    return this.#closed
  }

  /** Not before the process has ended: it takes it for its caller's end. */
  destroy(): void {
    this.#socket.destroy()
  }
}

/** A pipe of Node's is non-blocking. */
function isAtEnd(descriptor: number): boolean {
  try {
    while (readSync(descriptor, scratch) > 0);
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EAGAIN'
  }
}

/** Node has no public way to it; on Windows there is none at all. */
function descriptorOf(socket: Socket): number | undefined {
  const handle: unknown = Reflect.get(socket, '_handle')
  const descriptor: unknown = Object(handle).fd
  return typeof descriptor === 'number' && descriptor >= 0 ? descriptor : undefined
}

/** Where there is no descriptor. On Windows this is true until the process has ended, also while Node has its handle. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
