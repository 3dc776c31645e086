/** Ctrl-C while a call is waited for: what the caller has prepared, who gets the signal, and what has to be seen. */
import type { Capabilities } from '@ambisync/core/adapter'
import type { Mode } from './cells.ts'
import { type Expectation, only } from './expectation.ts'
import type { Seen } from './seen.ts'

/** The program has no handler, has one, or has one and gives its event loop a turn now and then. */
type Preparation = 'none' | 'handler' | 'remedy'

export interface Interruption {
  readonly name: string
  readonly preparation: Preparation
  /** A terminal sends the signal to the whole process group of the program. */
  readonly to: 'process' | 'group'
  readonly modes: readonly Mode[]
  readonly expected: (capabilities: Capabilities, mode: Mode) => Expectation
}

/** What the program prints when it happens. */
export const handlerRan = 'the handler runs'
export const waitEnded = 'the wait ends'
export const cancelled = 'the call is cancelled'

const both: readonly Mode[] = ['sync', 'async']

const endsAtOnce = (): Expectation => only({ end: { signal: 'SIGINT' } })

/** A handler is JavaScript, so it runs when the event loop of the caller turns, and a thread that sleeps turns none. */
export function handlerRunsFirst({ runsOn }: Capabilities, mode: Mode): boolean {
  return mode === 'async' || runsOn === "caller's thread"
}

function whenTheLoopTurns(capabilities: Capabilities, mode: Mode): Expectation {
  const order = handlerRunsFirst(capabilities, mode) ? [handlerRan, waitEnded] : [waitEnded, handlerRan]
  const because = mode === 'sync' && capabilities.runsOn === "caller's thread"
  return only(inOrder(order), because ? "`runs on` the caller's thread, whose loop is turned" : undefined)
}

/** The loop may be of the group, and have no handler: then the wait ends with it, and nobody can say what comes first. */
function whenTheGroupIsTold(capabilities: Capabilities, mode: Mode): Expectation {
  if (capabilities.runsOn !== 'child process') return whenTheLoopTurns(capabilities, mode)
  const ends = [waitEnded, `${waitEnded} by LoopExitError`]
  if (mode === 'sync') return { oneOf: ends.map((end) => inOrder([end, handlerRan])) }
  return { oneOf: ends.map((end) => ({ inAnyOrder: [handlerRan, end], end: { exitCode: 0 } })) }
}

function inOrder(order: readonly string[]): Seen {
  return { order, end: { exitCode: 0 } }
}

export const interruptions: readonly Interruption[] = [
  { name: 'Ctrl-C', preparation: 'none', to: 'group', modes: both, expected: endsAtOnce },
  { name: 'SIGINT to the caller only', preparation: 'none', to: 'process', modes: both, expected: endsAtOnce },
  { name: 'Ctrl-C, with a handler', preparation: 'handler', to: 'group', modes: both, expected: whenTheGroupIsTold },
  {
    name: 'SIGINT to the caller only, with a handler',
    preparation: 'handler',
    to: 'process',
    modes: both,
    expected: whenTheLoopTurns,
  },
  {
    name: 'Ctrl-C, with a handler and short waits',
    preparation: 'remedy',
    to: 'process',
    modes: ['sync'],
    expected: () => only(inOrder([handlerRan, cancelled])),
  },
]
