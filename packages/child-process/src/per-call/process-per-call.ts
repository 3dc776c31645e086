import type { Adapter } from '@ambisync/core'
import { withinLimits } from '@ambisync/node'
import { adapterName } from '../adapter-name.ts'
import type { ChildProcessOptions } from '../options.ts'
import { PerCallChannel } from './channel.ts'

/*
 * How a call and its caller come together, and why like this.
 *
 * The process is started by `spawn` when the call is posted. It has all that it needs by then, in a file, and needs its
 * caller for nothing: so a call is under way whatever the caller does, several run in parallel, a wait that has a limit of
 * its own leaves the call running, and one that began while the event loop turned can be blocked for later.
 *
 * To have `spawnSync` run the process itself is simpler and does none of that: it begins when somebody blocks, it can end a
 * wait only by killing what is waited for, and meanwhile the thread hears of nothing else.
 *
 * What is left is how to wait for a process with neither an event loop nor a thread. A third process could, started by
 * `spawnSync` to wait for the pipes of the others: a Node.js, since no small tool everywhere waits for several. Each wait
 * would cost the start of it, some 40 ms of a core, and still be deaf to the other loops of the thread. To look costs 20 us.
 * So a blocked caller sleeps on its wake word, for 1/32 of the time that it has slept already and for 10 ms at most, and
 * looks. That is late by 3% or 10 ms, takes some thousandths of a core, and every other loop of the thread wakes it as ever.
 *
 * The price: Node takes a process that has ended off the system's table when the event loop turns, and not before.
 */

/**
 * Runs each call in a process of its own, which is started for it and ends with it. Nothing is resident, and no thread is
 * started in the caller.
 *
 * @param options as `checkOptions` gives them
 */
export function processPerCall(options: ChildProcessOptions): Adapter {
  return {
    name: adapterName,
    capabilities: withinLimits({
      runsOn: 'child process',
      modules: 'url',
      survives: ['exit', 'throw', 'out of memory', 'signal', 'crash'],
      kill: true,
    }),
    open: (open) => new PerCallChannel(options, open),
  }
}
