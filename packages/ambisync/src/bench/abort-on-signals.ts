import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface Interruption {
  /** Aborted by the first signal that would have ended this process. */
  readonly signal: AbortSignal
  /** What a process ends with that was ended by it: 128 and the number of the signal. Undefined if there was none. */
  readonly exitCode: () => number | undefined
  /** Signals end the process again. */
  stop(): void
}

/** So that whoever breaks off a comparison leaves no process and no folder behind. */
export function abortOnSignals(): Interruption {
  const controller = new AbortController()
  const onSignal = (name: (typeof signals)[number]): void => controller.abort(name)
  for (const name of signals) process.on(name, onSignal)
  return {
    signal: controller.signal,
    exitCode: () =>
      controller.signal.aborted ? 128 + constants.signals[controller.signal.reason as 'SIGINT'] : undefined,
    stop() {
      for (const name of signals) process.off(name, onSignal)
    },
  }
}
