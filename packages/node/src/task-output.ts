import { writeSync } from 'node:fs'
import type { Writable } from 'node:stream'

/** Between two attempts to write to a pipe whose reader is slow, in milliseconds. */
const retryPause = 1

/** Nobody writes to it: waiting on it is a pause. */
const pause = new Int32Array(new SharedArrayBuffer(4))

/**
 * Lets this worker's `process.stdout` and `process.stderr` write to the descriptors themselves.
 *
 * By itself, Node hands a worker's output to the event loop of the thread that started it, where it would stay for as
 * long as that thread is blocked.
 */
export function writeOutputDirectly(): void {
  redirect('stdout', 1)
  redirect('stderr', 2)
}

function redirect(name: 'stdout' | 'stderr', fd: number): void {
  const ofNode = Object.getOwnPropertyDescriptor(process, name)?.get
  let stream: Writable | undefined
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    // Node makes the stream when it is first used, and most tasks print nothing.
    get() {
      stream ??= writeTo(fd, ofNode?.call(process))
      return stream
    },
  })
}

/** The stream stays Node's own, because Node calls internal methods of it; only where it writes to changes. */
function writeTo(fd: number, stream: Writable): Writable {
  return Object.assign(stream, {
    _write(chunk: Buffer | string, encoding: BufferEncoding, callback: (error?: Error) => void): void {
      try {
        writeFully(fd, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
        callback()
      } catch (error) {
        callback(error as Error)
      }
    },
    // Without it, several buffered chunks go to `_write` one after another.
    _writev: undefined,
  })
}

/** A pipe takes what fits and then refuses with EAGAIN; there is no event to wait for on a thread that writes at once. */
function writeFully(fd: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(fd, bytes, written)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(pause, 0, 0, retryPause)
    }
  }
}
