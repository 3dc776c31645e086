import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { EncodedThrown } from '@ambisync/core/adapter'
import type { RelayEnd, RelayExit } from '@ambisync/node'
import { decodeClone } from '@ambisync/node/clone'
import { INBOUND, LIFELINE, OUTBOUND } from './descriptors.ts'
import { ASLEEP, FAILURE, FATAL, FrameReader, frameOf, MESSAGE, START, TEXT, textFrame, textIn } from './frames.ts'
import type { RelayStart } from './start.ts'
import { explainSpawn, whyNotStarted } from './start-failure.ts'

/** The script of the process, built as a file beside this one. */
const script: string = fileURLToPath(new URL('./child.js', import.meta.url))

/** How long the process may take until it says something, in milliseconds: it may not be Node.js at all. */
const startLimit = 30_000

/** How long what has ended may leave its descriptors open, or be without an exit, in milliseconds. */
const endLimit = 500

/** Waits for a debugger, and so for somebody who types. */
const waitsForDebugger = /^--inspect-(brk|wait)\b/

/** Runs on the relay's thread, which owns the process: starts it, and carries frames. */
export function connect(start: RelayStart): RelayEnd {
  try {
    return new ProcessEnd(start)
  } catch (error) {
    // Some of what can go wrong is thrown, and the rest is told later.
    throw explainSpawn(error, start)
  }
}

class ProcessEnd implements RelayEnd {
  readonly #start: RelayStart
  readonly #child: ChildProcess
  readonly #input: Socket
  readonly #lifeline: Socket
  #onMessage: Parameters<RelayEnd['onMessage']>[0] = () => {}
  #onExit: Parameters<RelayEnd['onExit']>[0] = () => {}
  /** Bytes of frames that were given to the socket. */
  #sent = 0
  /** The process sleeps, and nothing has been sent that it has not read. */
  #wakeItUp = false
  /** It has said something. */
  #begun = false
  #killed = false
  #outputEnded = false
  #exit: RelayExit | undefined
  #cause: RelayExit['cause']
  #told = false
  readonly #startTimer: NodeJS.Timeout

  constructor(start: RelayStart) {
    this.#start = start
    const { execPath, execArgv, cwd, env, uid, gid, stdio } = start
    this.#child = spawn(execPath, [...execArgv, script], {
      stdio: [...stdio, 'pipe', 'pipe', 'pipe'],
      env: { ...env },
      ...(cwd !== undefined && { cwd }),
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    })
    const sockets: readonly unknown[] = this.#child.stdio
    this.#input = sockets[INBOUND] as Socket
    this.#lifeline = sockets[LIFELINE] as Socket
    const output = sockets[OUTBOUND] as Socket
    // That the other end is gone is told by the exit.
    for (const socket of [this.#input, output, this.#lifeline]) socket.on('error', () => {})
    const frames = new FrameReader((kind, body, isOwn) => this.#receive(kind, body, isOwn))
    output.on('data', ({ buffer, byteOffset, byteLength }: Buffer<ArrayBuffer>) => {
      // The `slice` of a Buffer does not copy: the memory of the whole piece would go with its first frame.
      frames.push(new Uint8Array(buffer, byteOffset, byteLength))
    })
    output.on('close', () => {
      this.#outputEnded = true
      this.#finishSoon()
    })
    this.#child.on('error', (error) => {
      // Others are of a signal that could not be sent.
      if (this.#child.pid === undefined) this.#finish({ cause: { thrown: explainSpawn(error, start) } })
    })
    this.#child.on('exit', (code, signal) => {
      this.#exit = { code: code ?? undefined, signal: signal ?? undefined }
      this.#finishSoon()
    })
    this.#startTimer = setTimeout(() => {
      if (this.#begun || execArgv.some((argument) => waitsForDebugger.test(argument))) return
      this.#cause = { thrown: new Error(`${execPath} did not run the script of the loop within ${startLimit} ms`) }
      this.#child.kill('SIGKILL')
    }, startLimit)
    void this.send(frameOf(START, new TextEncoder().encode(JSON.stringify(start.child))))
  }

  send(message: unknown): void | Promise<void> {
    const bytes = typeof message === 'string' ? textFrame(message) : (message as Uint8Array)
    let out: (() => void) | undefined
    this.#input.write(bytes, () => out?.())
    this.#sent += bytes.byteLength
    // After the frame: whoever is woken finds it, or the first part of it.
    if (this.#wakeItUp) this.#ring()
    if (this.#input.writableLength === 0) return
    return new Promise((resolve) => {
      out = resolve
    })
  }

  onMessage(listener: Parameters<RelayEnd['onMessage']>[0]): void {
    this.#onMessage = listener
  }

  onExit(listener: Parameters<RelayEnd['onExit']>[0]): void {
    this.#onExit = listener
  }

  kill(): void {
    this.#killed = true
    this.#child.kill('SIGKILL')
  }

  #receive(kind: number, body: Uint8Array<ArrayBuffer>, isOwn: boolean): void {
    this.#begun = true
    switch (kind) {
      case TEXT:
        this.#onMessage(textIn(body))
        break
      case MESSAGE: {
        // Not `slice`, which is another thing for a Buffer.
        const own = isOwn ? body : new Uint8Array(body)
        this.#onMessage(own, [own.buffer])
        break
      }
      case ASLEEP: {
        const read = new DataView(body.buffer, body.byteOffset, body.byteLength).getFloat64(0, true)
        // What was sent while this was on its way has not woken it. It may still wait for room in the socket, for which the
        // event loop has to turn: who is woken before that finds nothing, sleeps again, and tells so again.
        if (read < this.#sent) setImmediate(() => this.#ring())
        else this.#wakeItUp = true
        break
      }
      case FATAL:
        this.#cause = { encoded: decodeClone(body) as EncodedThrown }
        break
      case FAILURE:
        this.#cause = { thrown: new Error(new TextDecoder().decode(body)) }
        break
    }
  }

  #ring(): void {
    this.#wakeItUp = false
    this.#lifeline.write(Uint8Array.of(0))
  }

  /** Once it has ended and all that it wrote is here; or one of both, where the other does not come. */
  #finishSoon(): void {
    const exit = this.#exit
    if (exit !== undefined && this.#outputEnded) void this.#end(exit)
    // A process of its own may have been given the descriptor, and keep it open.
    else if (exit !== undefined) setTimeout(() => void this.#end(exit), endLimit)
    // It has closed its descriptor, and so cannot answer any more.
    else setTimeout(() => this.#child.kill('SIGKILL'), endLimit)
  }

  async #end(exit: RelayExit): Promise<void> {
    if (this.#told) return
    this.#told = true
    if (this.#cause === undefined && !this.#begun && !this.#killed) {
      this.#cause = { thrown: await whyNotStarted(exit, this.#start) }
    }
    this.#finish({ ...exit, cause: this.#cause })
  }

  #finish(exit: RelayExit): void {
    clearTimeout(this.#startTimer)
    this.#onExit(exit)
  }
}
