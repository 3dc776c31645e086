import { childProcess } from '@ambisync/child-process'

// By itself a process fills gigabytes before it is out of memory, for which a case has no time.
const env = { ...process.env, NODE_OPTIONS: '--max-old-space-size=64' }

export const create = (options) => childProcess({ env, ...options, persistent: false })
