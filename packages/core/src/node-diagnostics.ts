/** Node's diagnostics channels and what belongs to them, where the runtime has them; elsewhere nobody subscribes. */

export interface EventChannel {
  readonly hasSubscribers: boolean
  publish(message: object): void
}

/** A channel whose message is also the value of the storages that subscribers have bound to it, while `run` runs. */
interface StartChannel extends EventChannel {
  runStores<R>(message: object, run: () => R): R
}

/** @see https://nodejs.org/api/diagnostics_channel.html#class-tracingchannel */
export interface TracingChannel {
  readonly start: StartChannel
  readonly end: EventChannel
  readonly asyncStart: EventChannel
  readonly asyncEnd: EventChannel
  readonly error: EventChannel
}

const diagnostics = globalThis.process?.getBuiltinModule?.('node:diagnostics_channel')

export const callChannel: TracingChannel | undefined = diagnostics?.tracingChannel?.('ambisync.call')
export const loopStartChannel: EventChannel | undefined = diagnostics?.channel('ambisync.loop.start')
export const loopExitChannel: EventChannel | undefined = diagnostics?.channel('ambisync.loop.exit')

/**
 * Somebody listens to calls. Asked once for each, so it allocates nothing. One channel after another, because not every
 * runtime's `TracingChannel` can be asked for all of them.
 */
export function callsAreTraced(): boolean {
  if (callChannel === undefined) return false
  const { start, end, asyncStart, asyncEnd, error } = callChannel
  return (
    start.hasSubscribers ||
    end.hasSubscribers ||
    asyncStart.hasSubscribers ||
    asyncEnd.hasSubscribers ||
    error.hasSubscribers
  )
}

/** Runs what it is given in the asynchronous context of now. */
export function captureContext(): (run: () => void) => void {
  const hooks = globalThis.process?.getBuiltinModule?.('node:async_hooks')
  return hooks?.AsyncLocalStorage.snapshot?.() ?? ((run) => run())
}

/** The number of this thread in its process. */
export function threadNumber(): number {
  return globalThis.process?.getBuiltinModule?.('node:worker_threads')?.threadId ?? 0
}
