import { randomUUID } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * The file by which a call goes to its process, and its outcome back. It has no name: both ends hold it open, nobody else
 * can, and it is gone with the last of them, whatever that dies of. Neither end ever waits for the other, however much is
 * sent: that is what a pipe could not do without an event loop.
 *
 *    0  when the call's time is up, in milliseconds since the epoch; Infinity without a limit
 *    8  length of the call in bytes        } written by the caller, before the process is started
 *   16  length of the outcome in bytes     } written by the process, once, before the state
 *   24  the state, one byte                } written by the process
 *   32  the call, and behind it the outcome
 */
const at = { expiry: 0, callLength: 8, outcomeLength: 16, state: 24, call: 32 } as const

/** What the disk has room for in any case: that a result found none has to be told by the same way. */
const reserve = new Uint8Array(16 * 1_024)

/** The process has yet to run its script; it has begun; its outcome is in the file. It only ever goes up. */
export type State = 'new' | 'begun' | 'over'

const states: readonly State[] = ['new', 'begun', 'over']

/** What the caller leaves for the process. */
export interface Left {
  readonly frame: Uint8Array
  /** When the call's time is up, in milliseconds since the epoch: both sides have that clock. */
  readonly expiry: number
}

/**
 * Makes the file, and returns its descriptor.
 *
 * @throws {Error} of Node's file system, such as for a temporary directory that is full or cannot be written to
 */
export function leaveCall({ frame, expiry }: Left): number {
  const descriptor = openNameless()
  try {
    const head = Buffer.alloc(at.call)
    head.writeDoubleLE(expiry, at.expiry)
    head.writeDoubleLE(frame.byteLength, at.callLength)
    writeFully(descriptor, head, 0)
    writeFully(descriptor, frame, at.call)
    writeFully(descriptor, reserve, at.call + frame.byteLength)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

export function readState(descriptor: number): State {
  const byte = readFully(descriptor, 1, at.state)
  return states[byte.readUInt8()] ?? 'new'
}

/** To be called when the state is `over`: the length was written before that. */
export function readOutcome(descriptor: number): Uint8Array {
  const length = readDouble(descriptor, at.outcomeLength)
  return readFully(descriptor, length, at.call + readDouble(descriptor, at.callLength))
}

/** The process takes its call. */
export function takeCall(descriptor: number): Left {
  writeState(descriptor, 'begun')
  const frame = readFully(descriptor, readDouble(descriptor, at.callLength), at.call)
  return { frame, expiry: readDouble(descriptor, at.expiry) }
}

/** The process leaves its outcome. The order is what counts: whoever sees the state sees all that it says is there. */
export function leaveOutcome(descriptor: number, outcome: Uint8Array): void {
  writeFully(descriptor, outcome, at.call + readDouble(descriptor, at.callLength))
  const length = Buffer.alloc(8)
  length.writeDoubleLE(outcome.byteLength)
  writeFully(descriptor, length, at.outcomeLength)
  writeState(descriptor, 'over')
}

function writeState(descriptor: number, state: State): void {
  writeFully(descriptor, Buffer.of(states.indexOf(state)), at.state)
}

function readDouble(descriptor: number, position: number): number {
  return readFully(descriptor, 8, position).readDoubleLE()
}

/** A file that never had a name, where the system can; elsewhere it has one for a moment. Only its owner may open it. */
function openNameless(): number {
  const folder = tmpdir()
  if (process.platform === 'linux') {
    try {
      return openSync(folder, constants.O_RDWR | constants.O_EXCL | temporaryFile, 0o600)
    } catch (error) {
      // A file system that cannot do it. What else is wrong comes up again below.
      if (!isOneOf(error, ['EISDIR', 'EOPNOTSUPP', 'EINVAL', 'ENOENT'])) throw error
    }
  }
  const path = join(folder, `ambisync-${randomUUID()}`)
  const descriptor = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  return descriptor
}

/** `O_TMPFILE`, which Node does not name. */
const temporaryFile = 0o20000000 | constants.O_DIRECTORY

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

/** At once, as a rule; a disk that is full takes a part and then refuses. */
function writeFully(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.byteLength; )
    written += writeSync(descriptor, bytes, written, bytes.byteLength - written, position + written)
}

/** Not into the pool that small Buffers share: the user's may be cloned with the whole of it. */
function readFully(descriptor: number, length: number, position: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length)
  for (let read = 0; read < length; ) {
    const count = readSync(descriptor, bytes, read, length - read, position + read)
    if (count === 0) throw new Error(`the file of a call ends after ${fstatSync(descriptor).size} bytes`)
    read += count
  }
  return bytes
}
