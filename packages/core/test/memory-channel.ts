import type { Adapter, Capabilities, Channel, Envelope, Exit, OpenOptions, TransferList } from '../src/adapter.ts'

/** What a test has the other end do with an envelope: what it answers, at once or later through `arrive`. */
export type Respond = (envelope: Envelope, channel: MemoryChannel) => readonly (Envelope | Exit)[] | undefined

/**
 * A channel without a thread at its other end: a test plays the loop. Answers go through a queue and are handed out
 * by `poll`, as with a real one; a blocked caller drives it, which runs what the test has put off.
 */
export class MemoryChannel implements Channel {
  readonly posted: Envelope[] = []
  /** What was to be moved with each of them. */
  readonly transfers: (TransferList | undefined)[] = []
  readonly open: OpenOptions
  readonly #respond: Respond
  readonly #queue: (Envelope | Exit)[] = []
  readonly #putOff: (() => void)[] = []
  #listener: () => void = () => {}
  /** While true, `post` takes nothing. */
  full = false
  held = false
  killed = false

  constructor(open: OpenOptions, respond: Respond) {
    this.open = open
    this.#respond = respond
    this.#queue.push({ kind: 'ready' })
  }

  post(envelope: Envelope, transfer?: TransferList): boolean {
    if (this.full) return false
    structuredClone(envelope)
    this.posted.push(envelope)
    this.transfers.push(transfer)
    const answers = this.#respond(envelope, this)
    if (answers !== undefined) this.arrive(...answers)
    return true
  }

  isDead(): boolean {
    return this.#queue.some(({ kind }) => kind === 'exit')
  }

  poll(): Envelope | Exit | undefined {
    return this.#queue.shift()
  }

  drive(remaining: number): void {
    const task = this.#putOff.shift()
    if (task !== undefined) task()
    else Atomics.wait(this.open.wake, 0, Atomics.load(this.open.wake, 0), Math.min(remaining, 5))
  }

  onReady(listener: () => void): void {
    this.#listener = listener
  }

  ref(): void {
    this.held = true
  }

  unref(): void {
    this.held = false
  }

  kill(): void {
    this.killed = true
    this.arrive({ kind: 'exit', code: 1 })
  }

  /** Something comes from the loop: enqueued first, then the word, then whoever sleeps on it. */
  arrive(...received: readonly (Envelope | Exit)[]): void {
    this.#queue.push(...received)
    Atomics.add(this.open.wake, 0, 1)
    Atomics.notify(this.open.wake, 0)
  }

  /** What the caller's event loop would do next: it hears that something has come. */
  turn(): void {
    this.#listener()
  }

  /** Runs `task` when a blocked caller next drives this channel. */
  whenDriven(task: () => void): void {
    this.#putOff.push(task)
  }
}

const capabilities: Capabilities = {
  runsOn: "caller's thread",
  modules: 'url',
  survives: [],
  callbacks: true,
  transfer: true,
}

/** An adapter over memory channels, and the channels that it has opened. */
export function memoryAdapter(respond: Respond): Adapter & { readonly channels: MemoryChannel[] } {
  const channels: MemoryChannel[] = []
  return {
    name: 'memory',
    capabilities,
    channels,
    open(options) {
      const channel = new MemoryChannel(options, respond)
      channels.push(channel)
      return channel
    },
  }
}

/** Answers every call with its first argument, and ends when asked to. */
export const echo: Respond = (envelope) => {
  if (envelope.kind === 'call') return [{ kind: 'return', id: envelope.id, value: envelope.args[0] }]
  if (envelope.kind === 'stop') return [{ kind: 'exit', code: 0 }]
  return undefined
}

/** The last channel that was opened. */
export function last(adapter: { readonly channels: readonly MemoryChannel[] }): MemoryChannel {
  const channel = adapter.channels.at(-1)
  if (channel === undefined) throw new Error('no channel was opened')
  return channel
}
