import { soundAdapter, tamperedLoopEnd } from '../sound-adapter.js'
import { withChannel, withReceived, withSent } from '../tamper.js'

export const givesBytesAway = () => tamperedLoopEnd('gives-bytes-away')

export const noWorkingDirectory = () =>
  withSent(soundAdapter(), (envelope) => (envelope.kind === 'load' ? { ...envelope, cwd: '/' } : envelope))

/** What had to be replaced on its way, because a copy of it would not be the same, is not put back. */
export const noSpecials = () =>
  withReceived(soundAdapter(), (received) => {
    if (received.kind !== 'invoke' || received.specials === undefined) return received
    const { specials, ...rest } = received
    const { contents, prototypes } = specials
    return prototypes === undefined && contents?.every(({ type }) => type === 'URL') ? rest : received
  })

export const copiesWhatShouldMove = () =>
  withChannel(soundAdapter(), (channel) => ({ post: (envelope) => channel.post(envelope) }))
