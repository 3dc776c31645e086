/** The kinds of calls that the chaos run makes, and how the answer of each is known to be right. */
import { isDeepStrictEqual } from 'node:util'
import type { Capabilities } from '@ambisync/core/adapter'
import type { Random } from '../random-numbers.ts'
import { makePayload } from '../soak/payloads.ts'
import { chooseByWeight } from './choose-by-weight.ts'
import { possibleDeaths } from './deaths.ts'
import type { Entry, Ledger } from './ledger.ts'
import type { AnyTask, Target } from './target.ts'

/** Entered in the ledger, and to be made in any form. */
export interface PreparedCall {
  readonly entry: Entry
  readonly task: AnyTask
  readonly args: readonly unknown[]
  readonly isRight: (value: unknown) => boolean
}

export interface CallContext {
  readonly random: Random
  readonly ledger: Ledger
  readonly target: Target
  /** Makes a blocking call on another loop, if there is one that does not wait for this thread. */
  readonly callElsewhere: () => void
  /** The call is given a time limit. */
  readonly expires: boolean
}

interface CallKind {
  readonly weight: number
  readonly needs?: keyof Capabilities
  prepare(context: CallContext): PreparedCall
}

/** The longest that a task takes by itself, in milliseconds. */
const longest = 10

const kinds: readonly CallKind[] = [
  { weight: 10, prepare: prepareAnswer },
  {
    weight: 4,
    prepare({ random, ledger, target, expires }) {
      const value = random(longest)
      const entry = ledger.begin(target, 'answerLater', { expires })
      const task = target.task('answering', 'answerLater')
      return { entry, task, args: [entry.id, value], isRight: equals({ id: entry.id, value }) }
    },
  },
  {
    weight: 2,
    prepare({ ledger, target, expires }) {
      const entry = ledger.begin(target, 'fail', { expires, fails: true })
      return { entry, task: target.task('answering', 'fail'), args: [entry.id], isRight: () => false }
    },
  },
  { weight: 3, needs: 'callbacks', prepare: (context) => prepareAsking(context, 'ask', (answer) => answer()) },
  {
    weight: 1,
    needs: 'callbacks',
    prepare: (context) => prepareAsking(context, 'askBlocking', (answer) => context.target.whileItWaits(answer)),
  },
]

export function prepareCall(context: CallContext): PreparedCall {
  const { capabilities } = context.target
  const possible = kinds.filter(({ needs }) => needs === undefined || capabilities[needs])
  return chooseByWeight(context.random, possible).prepare(context)
}

export function prepareAnswer({ random, ledger, target, expires }: CallContext): PreparedCall {
  const value = makePayload(random)
  const entry = ledger.begin(target, 'answer', { expires })
  const task = target.task('answering', 'answer')
  return { entry, task, args: [entry.id, value], isRight: equals({ id: entry.id, value }) }
}

/** A call that has its loop end; undefined if there is no way that the caller outlives. */
export function prepareDeath({ random, ledger, target }: CallContext): PreparedCall | undefined {
  const possible = possibleDeaths(target.capabilities)
  if (possible.length === 0) return undefined
  const death = chooseByWeight(random, possible)
  const entry = ledger.begin(target, death.name, { death, expires: death.end === undefined })
  return { entry, task: target.task('dying', 'die'), args: [entry.id, death.name], isRight: () => false }
}

/** The task asks its caller, who may make a call elsewhere before it answers. */
function prepareAsking(
  { random, ledger, target, callElsewhere, expires }: CallContext,
  name: string,
  during: (answer: () => number) => number,
): PreparedCall {
  const times = 1 + random(4)
  const callsAt = random(8)
  const entry = ledger.begin(target, name, { expires })
  const { id } = entry
  let asked = 0
  const onAsked = (askedFor: unknown, turn: unknown): number => {
    ledger.calledBack(entry, askedFor === id && turn === asked, () => `${askedFor}, turn ${turn} instead of ${asked}`)
    return during(() => {
      if (asked++ === callsAt) callElsewhere()
      return id
    })
  }
  const isRight = equals({ id, value: id * times })
  return { entry, task: target.task('answering', name), args: [id, times, onAsked], isRight }
}

function equals(expected: unknown): (value: unknown) => boolean {
  return (value) => isDeepStrictEqual(value, expected)
}
