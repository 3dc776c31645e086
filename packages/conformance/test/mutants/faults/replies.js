import { soundAdapter } from '../sound-adapter.js'
import { withChannel } from '../tamper.js'

/** Six bits are sent for an id, and what comes back is taken for the latest call that has them. */
export function shortIds() {
  return withChannel(soundAdapter(), (channel) => {
    const latest = new Map()
    return {
      post(envelope, transfer) {
        if (envelope.kind === 'call') latest.set(envelope.id % 64, envelope.id)
        return channel.post(envelope, transfer)
      },
      poll() {
        const received = channel.poll()
        const isReply = received?.kind === 'return' || received?.kind === 'throw'
        return isReply ? { ...received, id: latest.get(received.id % 64) } : received
      },
    }
  })
}

/** A reply that crosses with the cancellation of its call is taken for the reply to the next one. */
export function lateReplies() {
  return withChannel(soundAdapter(), (channel) => {
    const cancelled = new Set()
    const next = new Map()
    return {
      post(envelope, transfer) {
        if (envelope.kind === 'cancel') cancelled.add(envelope.id)
        if (envelope.kind === 'call') {
          for (const id of cancelled) next.set(id, envelope.id)
          cancelled.clear()
        }
        return channel.post(envelope, transfer)
      },
      poll() {
        const received = channel.poll()
        const isReply = received?.kind === 'return' || received?.kind === 'throw'
        const id = isReply ? next.get(received.id) : undefined
        if (received?.kind === 'cancelled') {
          next.delete(received.id)
          cancelled.delete(received.id)
        }
        return id === undefined ? received : { ...received, id }
      },
    }
  })
}

/** With a hundred calls under way the way is said to be full, and yet the next call was sent; so it is sent again. */
export function sentTwice() {
  return withChannel(soundAdapter(), (channel) => {
    let pending = 0
    let sent
    return {
      post(envelope, transfer) {
        if (envelope.kind !== 'call') return channel.post(envelope, transfer)
        const isAgain = envelope === sent
        sent = envelope
        channel.post(envelope, transfer)
        if (!isAgain) pending++
        return isAgain || pending <= 100
      },
      poll() {
        const received = channel.poll()
        if (received?.kind === 'return' || received?.kind === 'throw') pending--
        return received
      },
    }
  })
}

/** Each 100th call waits on this side for the next thing to send, or for the clock to tick; a call goes before it. */
export function overtaking() {
  return withChannel(soundAdapter(), (channel, { setTimer }) => {
    let calls = 0
    let held
    const release = () => {
      const envelope = held
      held = undefined
      if (envelope !== undefined) channel.post(envelope)
    }
    return {
      post(envelope, transfer) {
        if (envelope.kind === 'call' && transfer === undefined && ++calls % 100 === 0) {
          // Refuses what cannot be cloned, as sending it would.
          held = structuredClone(envelope)
          setTimer(0, release)
          return true
        }
        if (envelope.kind !== 'call') release()
        channel.post(envelope, transfer)
        release()
        return true
      },
    }
  })
}

/** As soon as its loop is dead, the channel passes over the replies that the loop had sent before. */
export function exitFirst() {
  return withChannel(soundAdapter(), (channel) => ({
    poll() {
      const isDead = channel.isDead()
      let received = channel.poll()
      while (isDead && (received?.kind === 'return' || received?.kind === 'throw')) received = channel.poll()
      return received
    },
  }))
}
