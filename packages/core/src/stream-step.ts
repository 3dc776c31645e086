import { Future, type FutureSource } from './future.ts'
import type { Handover } from './handover.ts'
import type { Pull, Resume } from './protocol.ts'
import { noSources, type Source } from './waiter.ts'

/** What a stream needs of the client that it came by. */
export interface StreamLink {
  readonly handover: Handover
  send(envelope: Pull | Resume): void
  /** The sources that could settle a step of the call `id`. */
  awaits(id: number): readonly Source[]
  /** Why blocking can make no progress here. */
  obstacle(): string | undefined
  whyStuck(label: string, id: number): string | undefined
  hold(): void
  release(): void
  stepBegan(): void
  stepSettled(): void
  /** The generator has come to its end, and nothing of it will come any more. */
  ended(id: number): void
  /** Nobody can ask for more: the loop closes it in its own time. */
  forget(id: number): void
}

export type StepMethod = Resume['method']
export type StepResult = IteratorResult<unknown, unknown>

/** A step that has no result yet. */
export class Step implements FutureSource {
  readonly label: string
  method: StepMethod
  value: unknown
  readonly future: Future<StepResult> = new Future<StepResult>(this)
  readonly #id: number
  readonly #link: StreamLink
  readonly #leave: (step: Step) => void
  /** Its answer is behind something that this very thread is making. */
  readonly #isBehind: () => boolean
  /** What is sent for it, or why nothing can be. Made when it begins: an `encode` is code of the user's. */
  resumption: { readonly envelope: Resume } | { readonly refusal: unknown } | undefined
  #held = false
  /** Its answer is on its way, and what arrives before that is not wanted. */
  underWay = false
  /** It is to return what a promise will give, and waits for that first, as with a local AsyncGenerator. */
  promised = false

  constructor(
    { id, label }: { readonly id: number; readonly label: string },
    method: StepMethod,
    value: unknown,
    link: StreamLink,
    leave: (step: Step) => void,
    isBehind: () => boolean,
  ) {
    this.#id = id
    this.label = label
    this.method = method
    this.value = value
    this.#link = link
    this.#leave = leave
    this.#isBehind = isBehind
    link.stepBegan()
  }

  awaits(): readonly Source[] {
    return this.#isBehind() ? noSources : this.#link.awaits(this.#id)
  }

  whyStuck(): string | undefined {
    if (this.#isBehind()) return `a decode that makes an item of ${this.label} waits for the next one`
    return this.#link.whyStuck(this.label, this.#id)
  }

  hold(): void {
    this.#held = true
    this.#link.hold()
  }

  /** A blocking step that could never have ended: what comes is for the next one. */
  abandon(): void {
    this.#leave(this)
  }

  settled(): void {
    if (this.#held) this.#link.release()
    this.#held = false
    this.#link.stepSettled()
  }
}
