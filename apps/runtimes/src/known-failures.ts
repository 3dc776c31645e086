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
    cases: /^process: a stream that (is|was) forgotten/,
    reason: 'the suite asks V8 to collect garbage, for which there is no way there',
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
      'it stalls with a reader that takes 64 KB at a time; whether that is of the writer or of the reader is not known',
  },
  {
    runtime: 'deno',
    cases: /^process: it ends after loops were killed, or died of a failure$/,
    reason: 'what ends a thread uncaught is printed, though its caller is told',
    sometimes: true,
  },
  {
    runtime: 'deno',
    configurations: ['child-process, one per call'],
    cases: /^exit: .*(throw|rejection|SIG[A-Z]+|abort)/,
    reason: 'how a process has ended (what it threw, or by which signal) is not always known',
    sometimes: true,
  },
  {
    runtime: 'deno',
    cases: /^/,
    failure: /: it hangs; it was killed after/,
    reason:
      'about one case in a hundred hangs, another one each time: the start of a thread while its caller is blocked is suspected',
    sometimes: true,
  },
  {
    runtime: 'deno',
    cases: /^deadlocks: none, if the time for a stop is limited: what it would wait for for ever is killed$/,
    reason: 'calls of a loop that was killed for its stop may fail with LoopExitError in place of LoopStoppedError',
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
