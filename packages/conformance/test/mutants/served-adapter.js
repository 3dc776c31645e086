import { fixtures } from '@ambisync/conformance/fixtures'
import { LoopExitError } from '@ambisync/core'
import { postThrown, wakeUp } from '@ambisync/core/adapter'
import { soundAdapter } from './sound-adapter.js'
import { withChannel } from './tamper.js'

/**
 * What became of calls, by their ids: `of` is the function, and once there is one the outcome is there. Of the whole
 * process, as another side would have it for all of its callers.
 *
 * @type {Map<string, { of: string, outcome?: object, waiting: ((outcome: object) => void)[] }>}
 */
const known = new Map()

/** Serves the suite's modules by name, and no others. */
function specifierOf(name) {
  return Object.hasOwn(fixtures, name) ? fixtures[name].href : `not-served:${name}`
}

/**
 * An adapter whose modules have names, and whose calls are kept by their ids, as somewhere else would do it.
 *
 * @param faults what a mutant does in its own way
 */
export function servedAdapter({
  specifier = specifierOf,
  keyOf = (id) => id,
  isSame = (one, other) => one === other,
  isKnown = () => true,
} = {}) {
  const adapter = withChannel(soundAdapter(), (channel, { wake, setTimer }) => {
    const modules = new Map()
    /** The keys of calls under way, by what this channel knows them by. */
    const running = new Map()
    const answers = []
    let tell = () => {}

    const answer = (id, outcome) => {
      answers.push({ ...structuredClone(outcome), id })
      wakeUp(wake)
      setTimer(0, () => tell())
    }
    const run = (envelope, transfer, key, of) => {
      if (!channel.post(envelope, transfer)) return false
      known.set(key, { of, waiting: [] })
      running.set(envelope.id, key)
      return true
    }
    const settle = (id, outcome) => {
      const key = running.get(id)
      running.delete(id)
      const call = known.get(key)
      try {
        call.outcome = structuredClone(outcome)
      } catch {
        // It cannot be had twice.
        known.delete(key)
      }
      for (const give of call.waiting) give(outcome)
    }
    const settleAll = ({ code, cause }) => {
      const error = new LoopExitError(`its loop ended with code ${code}`, {
        adapter: adapter.name,
        exitCode: code,
        cause,
      })
      postThrown(error, (thrown) => {
        for (const id of running.keys()) settle(id, { kind: 'throw', thrown })
      })
    }

    return {
      post(envelope, transfer) {
        if (envelope.kind === 'load') {
          modules.set(envelope.module, envelope.specifier)
          return channel.post({ ...envelope, specifier: specifier(envelope.specifier) })
        }
        if (envelope.kind !== 'call') return channel.post(envelope, transfer)
        const key = keyOf(envelope.key)
        const of = `${modules.get(envelope.module)} ${envelope.name}`
        const call = known.get(key)
        if (call === undefined) return run(envelope, transfer, key, of)
        if (!isSame(call.of, of)) {
          const error = new TypeError(`the id "${envelope.key}" is of a call of ${call.of}`)
          postThrown(error, (thrown) => answer(envelope.id, { kind: 'throw', thrown }))
        } else if (!isKnown(call)) return run(envelope, transfer, key, of)
        else if (call.outcome !== undefined) answer(envelope.id, call.outcome)
        else call.waiting.push((outcome) => answer(envelope.id, outcome))
        return true
      },
      poll() {
        const received = answers.shift() ?? channel.poll()
        const isReply = received?.kind === 'return' || received?.kind === 'throw'
        if (isReply && running.has(received.id)) settle(received.id, received)
        else if (received?.kind === 'exit') settleAll(received)
        return received
      },
      onReady(listener) {
        tell = listener
        channel.onReady(listener)
      },
    }
  })
  return { ...adapter, capabilities: { ...adapter.capabilities, modules: 'name', durable: true } }
}
