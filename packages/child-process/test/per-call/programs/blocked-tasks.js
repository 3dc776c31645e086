import { childProcess } from '@ambisync/child-process'
import { startLoop } from '@ambisync/core'

const wait = startLoop({ adapter: childProcess({ persistent: false }) }).inline(
  (ms) => new Promise((resolve) => setTimeout(resolve, ms, 'waited')),
)

/** Blocks its thread for a call of its own. */
export const block = (ms) => wait.sync(ms)
export const pid = () => process.pid
