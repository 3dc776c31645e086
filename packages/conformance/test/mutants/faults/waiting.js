import { soundAdapter, tamperedLoopEnd } from '../sound-adapter.js'
import { withChannel } from '../tamper.js'

/** Waits on the wake word by itself, in `drive`, as an adapter may; `limitOf` makes of `remaining` what is waited. */
function driven(limitOf) {
  return withChannel(soundAdapter(), (channel, { wake }) => {
    const received = []
    return {
      poll: () => received.shift() ?? channel.poll(),
      drive(remaining) {
        const seen = Atomics.load(wake, 0)
        // After the load: what arrives later changes the word that is waited on.
        const next = channel.poll()
        if (next !== undefined) received.push(next)
        else Atomics.wait(wake, 0, seen, limitOf(remaining))
      },
    }
  })
}

/** Short limits are kept, so that a busy machine, on which they have passed before the wait begins, changes nothing. */
export const ignoresTheDeadline = () => driven((remaining) => (remaining > 300 ? Number.POSITIVE_INFINITY : remaining))

/** Less than half a millisecond is rounded to 0, which is taken for no limit. */
export const zeroRemainingIsForEver = () =>
  driven((remaining) => (remaining < 0.5 ? Number.POSITIVE_INFINITY : remaining))

export const drivenRightly = () => driven((remaining) => remaining)

export const losesWakeUps = () => tamperedLoopEnd('loses-wake-ups')

/**
 * A loop that dies without a word, as one does that runs out of memory, is told to the event loop only, which does not
 * turn while its thread is blocked.
 */
export const deafToDeath = () =>
  withChannel(soundAdapter(), (channel) => {
    let heard = false
    let exit
    return {
      poll() {
        exit ??= channel.poll()
        const isSilent =
          exit?.kind === 'exit' && exit.cause instanceof Error && /without a word/.test(exit.cause.message)
        if (isSilent && !heard) return undefined
        const received = exit
        exit = undefined
        return received
      },
      onReady(listener) {
        channel.onReady(() => {
          heard = true
          listener()
          heard = false
        })
      },
    }
  })
/** Looks again and again instead of sleeping. */
export const spins = () => driven(() => 0)

/** Each 1,999th answer to a task that calls back leaves the wake word of the loop's thread as it is. */
export const losesWakeUpsOfTheLoop = () =>
  withChannel(soundAdapter(), (channel) => {
    let answers = 0
    return {
      post(envelope, transfer) {
        if (envelope.kind !== 'invoke-return' || ++answers % 1_999 !== 0) return channel.post(envelope, transfer)
        const { add } = Atomics
        Atomics.add = (words, index) => Atomics.load(words, index)
        try {
          return channel.post(envelope, transfer)
        } finally {
          Atomics.add = add
        }
      },
    }
  })

/** How much a narrow way takes at a time. */
const size = 16

/** Takes little at a time, and says so: an adapter may. */
export const narrow = () =>
  withChannel(soundAdapter(), (channel, { setTimer }) => {
    let room = size
    let tell = () => {}
    return {
      post(envelope, transfer) {
        if (room === 0) return false
        channel.post(envelope, transfer)
        if (--room === 0) {
          setTimer(0, () => {
            room = size
            tell()
          })
        }
        return true
      },
      onReady(listener) {
        tell = listener
        channel.onReady(listener)
      },
    }
  })
