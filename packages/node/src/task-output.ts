import { writeSync } from 'node:fs'
import type { Writable } from 'node:stream'
import type { OutputStream, ServedLoop } from '@ambisync/core/adapter'

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
  const write =
    (fd: number): Write =>
    (chunk, encoding) =>
      writeFully(fd, typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
  redirect('stdout', write(1))
  redirect('stderr', write(2))
}

/** Has them go to the caller, who writes to its own streams. */
export function relayOutput(loop: ServedLoop): void {
  const write =
    (stream: OutputStream): Write =>
    (chunk, encoding) =>
      loop.print(stream, typeof chunk === 'string' ? textOrBytes(chunk, encoding) : ownBytes(chunk))
  redirect('stdout', write('stdout'))
  redirect('stderr', write('stderr'))
}

/** Text stays text: those who capture the caller's `write` get what the task wrote. */
function textOrBytes(text: string, encoding: BufferEncoding): string | Uint8Array {
  return /^utf-?8$/i.test(encoding) ? text : ownBytes(Buffer.from(text, encoding))
}

/** A small Buffer is a part of a larger one, all of which would be copied when it is sent; shared memory would not be. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  const { buffer, byteLength } = bytes
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? bytes : new Uint8Array(bytes)
}

/** Has taken a chunk when it returns. */
type Write = (chunk: Buffer | string, encoding: BufferEncoding) => void

function redirect(name: OutputStream, write: Write): void {
  const ofNode = Object.getOwnPropertyDescriptor(process, name)?.get
  if (ofNode === undefined) {
    // A thread of Bun has made its stream already, and its console has it.
    writeBy(write, process[name])
    return
  }
  let stream: Writable | undefined
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    // Node makes the stream when it is first used, and most tasks print nothing.
    get() {
      stream ??= writeBy(write, ofNode.call(process))
      return stream
    },
  })
}

/** The stream stays Node's own, because Node calls internal methods of it; only where it writes to changes. */
function writeBy(write: Write, stream: Writable): Writable {
  // Where a process's output is a file, its stream would have made bytes of text. There is no other way to say so afterwards.
  const state: unknown = Reflect.get(stream, '_writableState')
  if (typeof state === 'object' && state !== null) Reflect.set(state, 'decodeStrings', false)
  return Object.assign(stream, {
    _write(chunk: Buffer | string, encoding: BufferEncoding, callback: (error?: Error) => void): void {
      try {
        write(chunk, encoding)
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
      const { code } = error as NodeJS.ErrnoException
      // Nobody reads it any more. That is told to the caller, when that prints: no task is to die of it.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      Atomics.wait(pause, 0, 0, retryPause)
    }
  }
}
