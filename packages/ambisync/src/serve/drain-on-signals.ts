import { constants } from 'node:os'

const signals = ['SIGTERM', 'SIGINT'] as const

/**
 * How long the same signal counts for the first one, in milliseconds: what a terminal sends to all of its processes, and
 * systemd to all of a service, npm passes on once more to the command that it has started.
 */
const echo = 250

/**
 * Has the first signal drain what runs, and the second one end the process at once, with 128 and its number. Signals are
 * listened to from now on, whatever comes of them: as the first process of a container this one would not hear them.
 *
 * @param drain returns false if nothing runs yet: the first signal then does what a second one would
 */
export function drainOnSignals(drain: () => boolean): void {
  let first: { readonly signal: string; readonly at: number } | undefined
  const onSignal = (signal: (typeof signals)[number]): void => {
    const now = performance.now()
    if (first === undefined && drain()) {
      first = { signal, at: now }
    } else if (first === undefined || signal !== first.signal || now - first.at > echo) {
      process.exit(128 + constants.signals[signal])
    }
  }
  for (const signal of signals) process.on(signal, onSignal)
}
