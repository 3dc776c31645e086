import { timeCalls } from 'ambisync/bench/cell'
import type { Contestant } from '../contestants/contestant.ts'
import type { Order, Scenario } from './scenario.ts'
import { startContestant, taskOf } from './start-contestant.ts'
import { wrongAnswer } from './wrong-answer.ts'

/** What is sent there and back. */
export interface Payload {
  make(call: number): unknown
  isSame(result: unknown, value: unknown): boolean
}

/** A call that answers with what it is given. */
export function roundTrip(name: string, title: string, payload: Payload): Scenario {
  return {
    name,
    title,
    unit: 'us',
    baseline: 'synckit',
    placements: ['free', 'pinned'],
    timeout: 60_000,
    measure: (contestant, order) => timeRoundTrips(contestant, payload, order),
  }
}

/** In microseconds. */
export async function timeRoundTrips(
  contestant: Contestant,
  { make, isSame }: Payload,
  { effort }: Order,
): Promise<ArrayLike<number>> {
  const calls = await startContestant(contestant)
  const echo = taskOf(calls, 'echo')
  let made = 0
  let value = make(made)
  const times = await timeCalls({
    call: () => echo(value),
    check(result) {
      if (!isSame(result, value)) throw wrongAnswer(value, result)
      made++
      value = make(made)
    },
    isAsync: calls.isAsync === true,
    effort,
  })
  return times.map((time) => time * 1_000)
}
