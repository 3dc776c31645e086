// The end of a relay whose loop is on the relay's own thread, and which does what the test wants of it.
import { createWakeWord, serve } from '@ambisync/core/adapter'
import { nodeHost } from '@ambisync/node/host'

export function connect(start) {
  if (start.fails === 'at once') throw Object.assign(new RangeError('no way there'), { code: 'ERR_NO_WAY' })
  if (start.fails === 'exit') process.exit(3)
  if (start.fails === 'later') return Promise.reject(new RangeError('no way there, later'))
  return new End(start)
}

const tasks = {
  echo: async (value) => value,
  never: () => new Promise(() => {}),
  later: (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value)),
  throwOutside: () => {
    setTimeout(() => {
      throw new RangeError('in the middle')
    })
    return new Promise(() => {})
  },
  exitThread: () => {
    setTimeout(() => process.exit(4))
    return new Promise(() => {})
  },
  outOfMemory: () => {
    const kept = []
    for (;;) kept.push(new Array(10_000).fill(kept.length))
  },
}

class End {
  #start
  #arrived = []
  #onMessage
  #onExit
  #ready
  /** What has not been taken yet, and what tells that it has. */
  #held = []

  constructor(start) {
    this.#start = start
  }

  send(message) {
    const arrive = () => {
      this.#arrived.push(message)
      setImmediate(() => this.#ready())
    }
    if (!this.#start.slow) return arrive()
    return new Promise((resolve) => {
      this.#held.push(() => {
        arrive()
        resolve()
      })
      setTimeout(() => this.#held.shift()(), 1)
    })
  }

  onMessage(listener) {
    this.#onMessage = listener
  }

  onExit(listener) {
    this.#onExit = listener
    serve({
      ...nodeHost,
      adapter: 'end',
      wake: createWakeWord(),
      post: (envelope) => this.#onMessage(envelope),
      poll: () => this.#arrived.shift(),
      onReady: (ready) => {
        this.#ready = ready
      },
      resolveModule: (name) => name,
      importModule: () => tasks,
      exit: () => this.#onExit({ code: 0 }),
    })
  }

  kill() {
    if (!this.#start.ignoresKill) this.#onExit({ signal: 'SIGKILL' })
  }
}
