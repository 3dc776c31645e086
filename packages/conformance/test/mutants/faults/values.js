import { soundAdapter, tamperedLoopEnd } from '../sound-adapter.js'
import { withSent } from '../tamper.js'

export const givesBytesAway = () => tamperedLoopEnd('gives-bytes-away')

export const noWorkingDirectory = () =>
  withSent(soundAdapter(), (envelope) => (envelope.kind === 'load' ? { ...envelope, cwd: '/' } : envelope))
