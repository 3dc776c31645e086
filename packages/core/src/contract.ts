import type { Envelope, OutputStream } from './protocol.ts'
import type { TransferList } from './transfer.ts'
import type { WakeWord } from './wake-word.ts'

/**
 * What an adapter is: a way to start background event loops and to exchange envelopes with them.
 *
 * Everything a user sees (calls, futures, timeouts, errors, restarts) is core's and is built on this.
 */
export interface Adapter {
  /** Shown in messages and errors, e.g. `worker-threads`. */
  readonly name: string
  readonly capabilities: Capabilities
  /**
   * Starts one background event loop and returns at once, before the loop runs.
   *
   * What goes wrong later arrives as an {@link Exit} from {@link Channel.poll}.
   * @throws {TypeError | RangeError} for an option of the adapter that cannot be right
   * @throws {NotSupportedError} where the adapter cannot run at all; anything else thrown here reaches the user as the
   *   cause of a `LoopStartError`.
   */
  open(options: OpenOptions): Channel
}

/**
 * Facts about an adapter, declared once. The conformance suite tests what is declared, and tests that what is
 * not declared is refused at once with `NotSupportedError`.
 */
export interface Capabilities {
  /** Where the loop's code runs. */
  readonly runsOn: 'worker thread' | 'web worker' | 'child process' | "caller's thread" | 'other machine'
  /** How `loop.load` names a module: by URL, path or bare specifier, or by a name that the other side serves. */
  readonly modules: 'url' | 'name'
  /** The ends of a loop that the caller outlives. */
  readonly survives: readonly LoopEnd[]
  /** `Channel.kill` ends code that never yields. */
  readonly kill?: true
  /** Functions in arguments can be called by the task while the call lasts. */
  readonly callbacks?: true
  /** What a call or a result names can be moved to the other side in place of being copied. */
  readonly transfer?: true
  /** Exported async generators can be iterated by the caller. */
  readonly streams?: true
  /** What tasks print can go through the caller's own `process.stdout` and `process.stderr`: `output: 'relay'`. */
  readonly relay?: true
  /** A loop lives on from call to call, and its calls share the state of their modules. */
  readonly resident?: true
  /**
   * A call has an id, {@link Call.key}, which is the caller's to choose: while the other side knows of it, the same id does
   * not run again, and has the same outcome. Calls outlive their caller.
   */
  readonly durable?: true
  /**
   * Tasks run in the caller's own realm: values are handed over as they are and not copied, and a function given to
   * `loop.inline` is that very function, with the variables around it.
   */
  readonly closures?: true
}

/** How a loop can come to its end other than by `stop`. */
export type LoopEnd = 'exit' | 'throw' | 'out of memory' | 'signal' | 'crash'

/** What {@link Adapter.open} is given. */
export interface OpenOptions {
  /** The loop's name, for thread names and process titles. */
  readonly name: string
  /**
   * The calling thread's wake word, on which that thread sleeps while it is blocked. Whoever makes something available
   * to `poll` does so first, and then calls {@link wakeUp}; that order is what keeps a wake-up from being lost.
   */
  readonly wake: WakeWord
  /** Runs `task` on the calling thread `delay` milliseconds from now, also while that thread is blocked. */
  readonly setTimer: (delay: number, task: () => void) => Cancel
  /**
   * Where tasks print: straight to the descriptors of the process, or, with `'relay'`, by {@link ServedLoop.print}.
   * `'relay'` is given only to adapters that declare it.
   */
  readonly output: OutputMode
}

/** Where what tasks print goes. See `LoopOptions.output`. */
export type OutputMode = 'inherit' | 'relay'

/** Takes back what was asked for. Calling it again, or too late, does nothing. */
export type Cancel = () => void

/** The caller's end of the way to one generation of a loop. It is never reopened. */
export interface Channel {
  /**
   * Sends an envelope, never waiting. False means that the way is full and nothing was taken: core keeps the
   * envelope and offers it again after the next `onReady` or wake-up.
   * @param transfer what moves in place of being copied; given only where the adapter declares `transfer`
   * @throws {Error} a `DataCloneError` (by its `name`) for what cannot cross; nothing was sent or moved then.
   */
  post(envelope: Envelope, transfer?: TransferList): boolean
  /**
   * The next thing that arrived, without blocking. A channel reads its sign of death first, then drains what was
   * sent before it, and only then hands out the {@link Exit}, once.
   */
  poll(): Envelope | Exit | undefined
  /**
   * The loop has sent more than has arrived, because the way was full: its thread still has to do something for `poll` to
   * get it. Left out where that cannot be.
   */
  isBehind?(): boolean
  /** The loop is known to have ended, whether or not `poll` has said so yet. */
  isDead(): boolean
  /**
   * Makes progress where waiting is not sleeping on the wake word (turning a loop, running a process to its end).
   * Returns when `poll` may have something, or `remaining` milliseconds have passed (`Infinity`: no limit).
   *
   * @param isDone whether what is waited for is there already, which turning the event loop can bring about by itself
   */
  drive?(remaining: number, isDone: () => boolean): void
  /**
   * Why `drive` would get nowhere where it would be called now, as a clause that ends in advice; nothing if it would.
   * The wait fails with a `DeadlockError` that says so, if there is nothing else that it waits for.
   */
  obstacle?(): string | undefined
  /**
   * `drive` turns the event loop of the calling thread: a callback may return a promise while that is blocked, and
   * whatever else is waited for makes progress, too, as `onReady` tells of it.
   */
  readonly turnsLoop?: true
  /** Registers what the calling thread's event loop runs when `poll` has something, or a full way has room again. */
  onReady(listener: () => void): void
  /**
   * How the other side is, as clauses, where that takes a look: for `loop.explain()`. May block for a second. Left out where
   * there is nothing to say.
   */
  explain?(): readonly string[]
  /** Lets the channel keep the process alive. */
  ref(): void
  /** The opposite; a new channel is like this. */
  unref(): void
  /** Ends the loop, whatever it is doing. The outcome arrives as an {@link Exit}. */
  kill(): void
  /**
   * The wake word of the loop's thread, {@link HostLink.wake}, where this thread has it: one that waits for the loop
   * then need not go to sleep while the loop is known to be awake.
   */
  readonly peer?: WakeWord
}

/** A loop has ended. */
export interface Exit {
  readonly kind: 'exit'
  /** Exit code, where there is one. */
  readonly code?: number
  /** Name of the signal that ended it, where there is one. */
  readonly signal?: string
  /** What it died of, where that is known. */
  readonly cause?: unknown
}

/** The loop's end of the way to its caller: what `serve` runs on. */
export interface HostLink {
  /** Name of the adapter, for messages and errors. */
  readonly adapter: string
  /**
   * Sends an envelope to the caller and wakes it. Throws, and sends nothing, like {@link Channel.post}. An adapter that
   * does not declare `transfer` leaves the second argument alone and copies.
   */
  post(envelope: Envelope, transfer?: TransferList): void
  /**
   * The wake word of the loop's own thread, made by {@link createWakeWord}, on which it sleeps while a task blocks it.
   * Where the caller's end is another thread of this process, that calls {@link wakeUp} with it after it has posted.
   */
  readonly wake: WakeWord
  /** The wake word of the caller's thread, {@link OpenOptions.wake}, where this thread has it. */
  readonly peer?: WakeWord
  /** The next envelope that arrived, without blocking. */
  poll(): Envelope | undefined
  /** Registers what the loop's event loop runs when `poll` has something. */
  onReady(listener: () => void): void
  /**
   * Called whenever a task has the thread sleep on {@link wake}: whatever arrives from then on, and has not been polled,
   * has to add to the counter. Left out where it does so in any case.
   */
  fallAsleep?(): void
  /**
   * Called whenever the loop goes back to its event loop: the listener of `onReady` has to run for whatever arrives from
   * then on, and for what has arrived since the counter of `wake` was `seen`. Left out where it runs in any case.
   */
  rest?(seen: number): void
  /**
   * Whether nothing but messages can have this thread's event loop go on, no timer and no I/O. Where nobody can tell, it is
   * taken to be otherwise. Called often: it has to be fast.
   */
  hasOnlyMessages?(): boolean
  /**
   * What a specifier stands for: the URL or name that {@link importModule} takes. Relative paths and bare
   * specifiers are meant from `cwd`, the caller's working directory as an absolute path.
   */
  resolveModule(specifier: string, cwd: string | undefined): Promise<string> | string
  /** Imports what {@link resolveModule} found. */
  importModule(url: string): Promise<TaskModule> | TaskModule
  /** Ends the loop in good order. Called once, when the caller has asked it to stop. */
  exit(): void
  /** Registers what runs when the loop is about to end by itself: the last moment to post something. */
  onExit?(listener: () => void): void
  /** Set where the adapter declares `closures`: values are handed over as they are. */
  readonly closures?: true
  /** As of the {@link Channel}, where the loop runs in its caller's thread: a task that blocks it waits like this. */
  drive?(remaining: number, isDone: () => boolean): void
  obstacle?(): string | undefined
  readonly turnsLoop?: true
  /** Runs what may block, in a macrotask. There where `turnsLoop` is: then not every place will do. */
  runSoon?(task: () => void): void
}

/** What `serve` returns: what else the loop's end can send to its caller. */
export interface ServedLoop {
  /**
   * Has the caller write a chunk to its own stream. Chunks arrive in order, and before whatever is sent after them.
   * The bytes have been copied when this returns.
   */
  print(stream: OutputStream, chunk: string | Uint8Array): void
  /**
   * Ends the loop's end of the channel where the thread lives on, at once: the signals of what is under way are
   * aborted, and whatever comes of it is dropped.
   */
  abandon(): void
}

/** The exports of a task module. */
export type TaskModule = Readonly<Record<string, unknown>>
