import type { ConfigurationName } from './configurations.ts'

/** Cases that fail on a runtime, and why: a bug or a limit of the runtime's, not of an adapter. */
export interface KnownFailure {
  readonly runtime: string
  /** Of all adapters, if that is left out. */
  readonly configurations?: readonly ConfigurationName[]
  /** Of whole names. */
  readonly cases: RegExp
  /** How they fail. However they do, if that is left out. */
  readonly failure?: RegExp
  /** What of the runtime is behind it, and what that means for a user. */
  readonly reason: string
  /** Where the runtime's own people know of it. */
  readonly issue?: string
  /** It passes now and then; otherwise, that one of the cases passes is reported. */
  readonly sometimes?: true
}

export const knownFailures: readonly KnownFailure[] = [
  {
    runtime: 'bun',
    cases:
      /^(errors: the stack has the task's frames and then the caller's|streams: what it throws comes after what it yielded before, with its class|generator functions: what a task throws is thrown at its yield\*) /,
    reason:
      "a function that calls in the place of its `return` has no frame in JavaScriptCore, so some of the caller's are missing",
    sometimes: true,
  },
  {
    runtime: 'bun',
    cases:
      /^(lifecycle: a module that has a syntax error fails its own calls only|restart: a syntax error that was corrected is gone) /,
    reason:
      'a module with a syntax error fails with an AggregateError of its own build messages, not with a SyntaxError',
    sometimes: true,
  },
  {
    runtime: 'bun',
    cases:
      /^(process: a loop's own exit handlers have run before anybody hears of its end|streams: what was yielded before the loop ends itself has been sent \(readAhead: 256\))$/,
    reason:
      'a worker that ends itself is heard of before its last `exit` listener has run, and so before all that it has sent',
    sometimes: true,
  },
  {
    runtime: 'deno',
    cases: /^values: what would arrive as an empty object is refused by its path, both ways /,
    reason: 'a Response arrives as an empty object without a word',
  },
  {
    runtime: 'bun',
    cases: /^process: 1 MB that a task prints to a slow reader is complete, also if the process then ends /,
    reason:
      'what a process has printed and not written when it exits is lost, and so is what a slow reader has not taken',
    sometimes: true,
  },
  {
    runtime: 'deno',
    configurations: ['child-process, one per call'],
    cases: /^exit: SIGSEGV /,
    reason: 'a process that sends SIGSEGV to itself lives on',
  },
  {
    runtime: 'deno',
    configurations: ['worker-threads'],
    cases: /^streams: 200 MB in large chunks come through$/,
    failure: /: it hangs; it was killed after/,
    reason:
      'a port looks at each byte of an array that it receives, for ports to transfer: a megabyte takes some 100 ms or more',
    sometimes: true,
  },
  {
    runtime: 'deno',
    cases: /^/,
    failure: /: it hangs; it was killed after/,
    reason:
      'a thread that never yields goes on after it was terminated, until its process ends, and takes a core from the cases that follow',
    sometimes: true,
  },
]

/** @param failure undefined if the case has passed */
export function knownFailure(
  runtime: string,
  configuration: ConfigurationName,
  { name, failure }: { readonly name: string; readonly failure: string | undefined },
): KnownFailure | undefined {
  return knownFailures.find(
    (each) =>
      each.runtime === runtime &&
      (each.configurations?.includes(configuration) ?? true) &&
      each.cases.test(name) &&
      (each.failure === undefined || failure === undefined || each.failure.test(failure)),
  )
}
