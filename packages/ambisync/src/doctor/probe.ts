/** One thing that may or may not work, tried by doing it. */
export interface Probe {
  /** Stable, for programs that read the report. */
  readonly name: string
  readonly title: string
  /** What it is good for, in a clause. */
  readonly purpose: string
  /**
   * Does it. The text says what was seen.
   *
   * @throws for what does not work, {@link NotInstalled} for what is not there to be tried
   */
  try(): Promise<string> | string
  /** It ends in time by itself, so that it can be tried in this process where no other can be started. */
  readonly endsByItself: boolean
  /** What to do about it, where it does not work. */
  remedy(outcome: ProbeOutcome): Promise<string> | string
}

/** What is to be tried is not installed. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled'
}

/** What came of a probe. */
export type ProbeOutcome =
  | { readonly status: 'works'; readonly detail: string }
  | { readonly status: 'fails'; readonly detail: string }
  | { readonly status: 'not installed'; readonly detail: string }

/** Tries it, in this process. */
export async function tryProbe(probe: Probe): Promise<ProbeOutcome> {
  try {
    return { status: 'works', detail: await probe.try() }
  } catch (error) {
    const [detail = ''] = String(error instanceof Error ? error.message : error).split('\n')
    return { status: error instanceof NotInstalled ? 'not installed' : 'fails', detail: shorten(detail) }
  }
}

/** A message may quote a whole module. */
function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
