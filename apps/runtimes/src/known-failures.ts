import type { ConfigurationName } from './configurations.ts'

/** Cases that fail on a runtime, and why: a bug or a limit of the runtime's, not of an adapter. */
export interface KnownFailure {
  readonly runtime: string
  /** Of all adapters, if that is left out. */
  readonly configurations?: readonly ConfigurationName[]
  /** Of whole names. */
  readonly cases: RegExp
  /** What of the runtime is behind it, and what that means for a user. */
  readonly reason: string
  /** Where the runtime's own people know of it. */
  readonly issue?: string
  /** It passes now and then; otherwise, that one of the cases passes is reported. */
  readonly sometimes?: true
}

export const knownFailures: readonly KnownFailure[] = []

export function knownFailure(
  runtime: string,
  configuration: ConfigurationName,
  name: string,
): KnownFailure | undefined {
  return knownFailures.find(
    (each) =>
      each.runtime === runtime && (each.configurations?.includes(configuration) ?? true) && each.cases.test(name),
  )
}
