import type { Future } from './future.ts'
import type { ModeOption } from './mode.ts'
import type { AsyncStorage } from './node-async-context.ts'
import type { ClassRegistry } from './registered-classes.ts'
import type { TaskCall } from './task-call.ts'
import type { Source } from './waiter.ts'
import { createWakeWord, type WakeWord } from './wake-word.ts'

/**
 * What this thread has once, however many copies of this package are loaded in it: a loop's script carries one within
 * it, and the task modules that it imports may bring another. They have to sleep on the same word and to look at the
 * same channels, or a call made in a task would not see what its own caller sends.
 */
export interface ThreadState {
  /** What this thread sleeps on, and is known by. */
  wake: WakeWord
  readonly sources: Set<Source>
  /** The value of the word before the last look at all sources: while it stays, nothing new can have arrived. */
  lookedAt: number | undefined
  /** How many blocking waits this thread is in. */
  blocked: number
  /** The blocking waits for futures, innermost last. Empty while the event loop turns. */
  readonly waits: Wait[]
  /** How many dispatches this thread is in, and what is to run after the outermost one. */
  dispatching: number
  readonly due: (() => void)[]
  /** The position in `due` of the first that has not begun. */
  nextDue: number
  /** How many blocking waits this thread was in when it began to run what is due; undefined while it does not. */
  runningDueAt: number | undefined
  /** The timers that also run while this thread is blocked. None is due before `earliest`. */
  readonly timers: Set<DueTimer>
  earliest: number
  /** The call that the running task serves. There once a task module asks for it. */
  calls: AsyncStorage<TaskCall> | undefined
  /** What `runWithMode` says. There once it is called. */
  modes: AsyncStorage<ModeOption> | undefined
  /** How many calls of this thread were traced. */
  tracedCalls: number
  /** The classes whose instances arrive as such. */
  readonly classes: ClassRegistry
  /** What is transferred with a result; undefined until a task asks for it. */
  transfers: WeakMap<object, readonly object[]> | undefined
}

/** One blocking wait, and the futures whose done callbacks run when it ends. */
export interface Wait {
  readonly future: object
  readonly settled: Future<unknown>[]
}

export interface DueTimer {
  /** On the monotonic clock, in milliseconds. */
  readonly due: number
  fire(): void
}

/** The number changes with the shape: copies that do not agree on it do not share. */
const key = Symbol.for('ambisync.thread.6')

export const thread: ThreadState = Reflect.get(globalThis, key) ?? create()
Reflect.set(globalThis, key, thread)

function create(): ThreadState {
  // Sealed: Jest takes apart what it finds on the global object after a test file, while messages may still arrive.
  return Object.seal({
    wake: createWakeWord(),
    sources: new Set(),
    lookedAt: undefined,
    blocked: 0,
    waits: [],
    dispatching: 0,
    due: [],
    nextDue: 0,
    runningDueAt: undefined,
    timers: new Set(),
    earliest: Number.POSITIVE_INFINITY,
    calls: undefined,
    modes: undefined,
    tracedCalls: 0,
    classes: { byName: new Map(), byPrototype: new Map() },
    transfers: undefined,
  })
}
