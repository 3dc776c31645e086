import { soundAdapter } from '../sound-adapter.js'
import { withChannel, withSent } from '../tamper.js'

/** Far into a long stream, a batch of more than a hundred items is put together from its parts in the wrong order. */
export const reordersItems = () =>
  withChannel(soundAdapter(), (channel) => {
    const items = new Map()
    return {
      poll() {
        const received = channel.poll()
        if (received?.kind !== 'yield') return received
        const { id, values } = received
        const before = items.get(id) ?? 0
        items.set(id, before + values.length)
        if (before < 1_500 || values.length <= 100) return received
        return { ...received, values: [...values.slice(100), ...values.slice(0, 100)] }
      },
    }
  })

export const readsAheadWithoutBound = () =>
  withSent(soundAdapter(), (envelope) =>
    envelope.kind === 'pull' ? { ...envelope, count: Number.MAX_SAFE_INTEGER } : envelope,
  )
