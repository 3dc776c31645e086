import type { Adapter } from '@ambisync/core'
import { adapterName } from '../adapter-name.ts'
import { checkProcessOptions, type ProcessOptions } from '../process-options.ts'
import { PerCallChannel } from './channel.ts'

/**
 * Runs each call in a process of its own, which is started for it and ends with it. Nothing is resident, and no thread is
 * started in the caller.
 */
export function processPerCall(options: ProcessOptions = {}): Adapter {
  const checked = checkProcessOptions(options, 'childProcess')
  return {
    name: adapterName,
    capabilities: {
      runsOn: 'child process',
      modules: 'url',
      survives: ['exit', 'throw', 'out of memory', 'signal', 'crash'],
      kill: true,
    },
    open: (open) => new PerCallChannel(checked, open),
  }
}
