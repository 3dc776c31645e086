/** The ways in which a mutant tampers with what an adapter does. */

/** @param tamper gets each channel and its `OpenOptions`, and returns the methods that are different */
export function withChannel(adapter, tamper) {
  return {
    ...adapter,
    open(options) {
      const channel = adapter.open(options)
      return {
        post: (envelope, transfer) => channel.post(envelope, transfer),
        poll: () => channel.poll(),
        isDead: () => channel.isDead(),
        onReady: (listener) => channel.onReady(listener),
        ref: () => channel.ref(),
        unref: () => channel.unref(),
        kill: () => channel.kill(),
        ...tamper(channel, options),
      }
    },
  }
}

/** @param change gets each thing that arrives, exits included, and returns what is handed out in its place */
export function withReceived(adapter, change) {
  return withChannel(adapter, (channel) => ({
    poll() {
      const received = channel.poll()
      return received && change(received)
    },
  }))
}

/** @param change gets each envelope before it is sent, and returns what is sent in its place */
export function withSent(adapter, change) {
  return withChannel(adapter, (channel) => ({ post: (envelope, transfer) => channel.post(change(envelope), transfer) }))
}
