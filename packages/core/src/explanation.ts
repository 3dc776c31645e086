import type { Capabilities } from './contract.ts'
import { describeType } from './describe-type.ts'
import type { LoopState } from './loop.ts'

/** How a loop came by its adapter, where a program chose it. It is for {@link Explanation}, and changes nothing else. */
export interface AdapterChoice {
  /** Why this one: clauses. */
  readonly reasons: readonly string[]
  /** Those that could have been taken, and were not. */
  readonly others: readonly PassedOver[]
}

/** An adapter that was not taken. */
export interface PassedOver {
  /** Its name. */
  readonly adapter: string
  /** What speaks against it: a clause. */
  readonly why: string
  /** The command that installs it, where it is not installed. */
  readonly install?: string | undefined
}

/** What a loop is, and why it is that: as data, and as text by `String(explanation)`. */
export interface Explanation extends AdapterChoice {
  /** The loop's name. */
  readonly loop: string
  readonly state: LoopState
  /** The adapter's name. */
  readonly adapter: string
  readonly capabilities: Capabilities
  toString(): string
}

/** Where nothing was chosen by a program. */
const givenAdapter: AdapterChoice = { reasons: ['it was given as the option "adapter"'], others: [] }

/** @throws {TypeError} if it is no function */
export function checkChoice(choice: (() => AdapterChoice) | undefined): () => AdapterChoice {
  if (choice === undefined) return () => givenAdapter
  if (typeof choice === 'function') return choice
  throw new TypeError(`choice must be a function that gives the reasons, not ${describeType(choice)}`)
}

const places: Readonly<Record<Capabilities['runsOn'], string>> = {
  'worker thread': 'in a worker thread',
  'web worker': 'in a web worker',
  'child process': 'in a child process',
  "caller's thread": "in its caller's thread",
  'other machine': 'on other machines',
}

/** A class, so that its text is not among the data. */
export class LoopExplanation implements Explanation {
  readonly loop: string
  readonly state: LoopState
  readonly adapter: string
  readonly capabilities: Capabilities
  readonly reasons: readonly string[]
  readonly others: readonly PassedOver[]

  constructor(about: Pick<Explanation, 'loop' | 'state' | 'adapter' | 'capabilities'>, choice: AdapterChoice) {
    this.loop = about.loop
    this.state = about.state
    this.adapter = about.adapter
    this.capabilities = about.capabilities
    this.reasons = choice.reasons
    this.others = choice.others
  }

  toString(): string {
    const { runsOn } = this.capabilities
    const lines = [`The loop "${this.loop}" (${this.state}) is run by ${this.adapter}, ${places[runsOn]}:`]
    for (const reason of this.reasons) lines.push(`- ${reason}`)
    if (this.others.length > 0) lines.push('Not taken:')
    for (const { adapter, why, install } of this.others) {
      lines.push(`- ${adapter}: ${why}${install === undefined ? '' : `; ${install}`}`)
    }
    return lines.join('\n')
  }
}
