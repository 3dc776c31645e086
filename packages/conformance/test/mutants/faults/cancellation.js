import { soundAdapter } from '../sound-adapter.js'
import { withChannel, withSent } from '../tamper.js'

/** @param sends tells whether the loop is told as well */
function acknowledging(sends) {
  return withChannel(soundAdapter(), (channel) => {
    const acknowledged = []
    return {
      post(envelope, transfer) {
        if (envelope.kind !== 'cancel') return channel.post(envelope, transfer)
        acknowledged.push({ kind: 'cancelled', id: envelope.id })
        return sends ? channel.post(envelope, transfer) : true
      },
      poll: () => channel.poll() ?? acknowledged.shift(),
    }
  })
}

export const acknowledgesForTheLoop = () => acknowledging(true)

export const keepsCancellations = () => acknowledging(false)

export const noDeadline = () =>
  withSent(soundAdapter(), (envelope) => {
    if (envelope.kind !== 'call') return envelope
    const { timeout, ...call } = envelope
    return call
  })
