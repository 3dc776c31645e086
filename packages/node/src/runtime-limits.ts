import type { Capabilities } from '@ambisync/core/adapter'

export const isBun: boolean = process.versions.bun !== undefined
export const isDeno: boolean = process.versions.deno !== undefined

/**
 * Whether a port that is listened to cannot be polled beside that. Deno takes a message from the port some time before the
 * listener gets it, at the next turn of the event loop: meanwhile `receiveMessageOnPort` does not find it, and finds those
 * after it. A thread that blocks then, in a timer say, would wait for ever for what has come. (Deno 2.9)
 *
 * Who polls a port there does not listen to it, and hears of messages by its wake word: see `onWake`.
 */
export const listeningHidesMessages: boolean = process.versions.deno !== undefined

/**
 * What an adapter can declare on this runtime. Neither Bun nor Deno has a limit for the memory of a thread, so nobody is
 * known to survive one that runs out of it. On Deno memory is moved by a message that is then refused, too, and 16 MB take
 * longer to move than anybody would wait; and what the console of a thread prints does not go through `process.stdout`, so it
 * could not be relayed.
 *
 * @see https://github.com/oven-sh/bun/issues/31411
 */
export function withinLimits(capabilities: Capabilities): Capabilities {
  if (!isBun && !isDeno) return capabilities
  const survives = capabilities.survives.filter((end) => end !== 'out of memory')
  if (isBun) return { ...capabilities, survives }
  const { transfer: _, relay: __, ...rest } = capabilities
  return { ...rest, survives }
}
