import { timeCalls } from 'ambisync/bench/cell'
import type { Scenario } from './scenario.ts'
import { startContestant, taskOf } from './start-contestant.ts'
import { wrongAnswer } from './wrong-answer.ts'

const message = 'out of what it was meant for'

/** A task that throws, and a caller that catches it: by its message, as not every library keeps the class. */
export const scenario: Scenario = {
  name: 'error',
  title: 'round trip of an error',
  unit: 'us',
  baseline: 'synckit',
  placements: ['free', 'pinned'],
  timeout: 60_000,
  async measure(contestant, { effort }) {
    const calls = await startContestant(contestant)
    const fail = taskOf(calls, 'fail')
    const isAsync = calls.isAsync === true
    const samples = await timeCalls({ call: isAsync ? caughtAsync(fail) : caught(fail), check, isAsync, effort })
    return samples.map((ms) => ms * 1_000)
  },
}

function caught(fail: (message: string) => unknown): () => unknown {
  return () => {
    try {
      return fail(message)
    } catch (error) {
      return { error }
    }
  }
}

function caughtAsync(fail: (message: string) => unknown): () => Promise<unknown> {
  return async () => {
    try {
      return await fail(message)
    } catch (error) {
      return { error }
    }
  }
}

function check(result: unknown): void {
  const error = typeof result === 'object' && result !== null && 'error' in result ? result.error : undefined
  if (!(error instanceof Error) || error.message !== message) throw wrongAnswer(new RangeError(message), error)
}
