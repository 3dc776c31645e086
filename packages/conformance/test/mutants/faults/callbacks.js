import { soundAdapter } from '../sound-adapter.js'
import { withChannel, withReceived } from '../tamper.js'

/** What a task calls is taken for the callback of the call that was made last. */
export function latestCallbacks() {
  return withChannel(soundAdapter(), (channel) => {
    let latest
    return {
      post(envelope, transfer) {
        if (envelope.kind === 'call' && envelope.callbacks !== undefined) latest = envelope.id
        return channel.post(envelope, transfer)
      },
      poll() {
        const received = channel.poll()
        return received?.kind === 'invoke' ? { ...received, call: latest } : received
      },
    }
  })
}

export const firstCallbackOnly = () =>
  withReceived(soundAdapter(), (received) => (received.kind === 'invoke' ? { ...received, callback: 0 } : received))
