import { soundAdapter, tamperedLoopEnd } from '../sound-adapter.js'
import { withChannel, withReceived } from '../tamper.js'

export const neverUnrefs = () => withChannel(soundAdapter(), () => ({ unref() {} }))

/** Keeps the process alive for the sake of calls, and of a stop, but not for its own. */
export const neverRefs = () =>
  withChannel(soundAdapter(), (channel) => {
    let sent = 0
    return {
      post(envelope, transfer) {
        if (envelope.kind === 'call' || envelope.kind === 'stop') sent++
        return channel.post(envelope, transfer)
      },
      ref() {
        if (sent > 0) channel.ref()
      },
    }
  })

/** A loop that is killed leaves something referenced behind. */
export const leaksWhenKilled = () =>
  withChannel(soundAdapter(), (channel) => ({
    kill() {
      setInterval(() => {}, 60_000)
      channel.kill()
    },
  }))

/** So does one that dies by itself. */
export const leaksAtDeath = () =>
  withChannel(soundAdapter(), (channel) => ({
    poll() {
      const received = channel.poll()
      if (received?.kind === 'exit' && received.code !== 0) setInterval(() => {}, 60_000)
      return received
    },
  }))

export const cannotKill = () => withChannel(soundAdapter(), () => ({ kill() {} }))

/** That a loop has ended is said when it has been asked to; not of one that has had streams, which it closes first. */
export const endsTooEarly = () =>
  withChannel(soundAdapter(), (channel, { setTimer }) => {
    let asked = false
    let hasStreamed = false
    let tell = () => {}
    return {
      post(envelope, transfer) {
        hasStreamed ||= envelope.kind === 'pull' || envelope.kind === 'resume'
        if (envelope.kind === 'stop' && !hasStreamed) {
          asked = true
          setTimer(0, () => tell())
        }
        return channel.post(envelope, transfer)
      },
      poll() {
        const received = channel.poll()
        return received === undefined && asked ? { kind: 'exit', code: 0 } : received
      },
      onReady(listener) {
        tell = listener
        channel.onReady(listener)
      },
    }
  })

export const neverSaysDead = () => withChannel(soundAdapter(), () => ({ isDead: () => false }))

function withMoreEnds(adapter, ...ends) {
  const { capabilities } = adapter
  return { ...adapter, capabilities: { ...capabilities, survives: [...capabilities.survives, ...ends] } }
}

export const declaresSignals = () => withMoreEnds(soundAdapter(), 'signal')

/** How a thread that plays the process ends. */
const signals = { 77: 'SIGKILL', 78: 'SIGABRT', 79: 'SIGSEGV' }

/** Stands for an adapter of child processes: what would end the process ends the thread, and is reported as a signal. */
export const endsBySignals = () =>
  withMoreEnds(
    withReceived(tamperedLoopEnd('plays-a-process'), (received) => {
      const signal = received.kind === 'exit' ? signals[received.code] : undefined
      return signal === undefined ? received : { kind: 'exit', signal }
    }),
    'signal',
    'crash',
  )
