import { isDeepStrictEqual } from 'node:util'
import { timeCalls } from 'ambisync/bench/cell'
import { formattedFiles } from './real-files.ts'
import type { Scenario } from './scenario.ts'
import { startContestant, taskOf } from './start-contestant.ts'
import { wrongAnswer } from './wrong-answer.ts'

/** Real work: Prettier's API is asynchronous only. Each sample is all files, one call each. */
export const scenario: Scenario = {
  name: 'prettier',
  title: 'Prettier over source files of undici',
  unit: 'ms',
  better: 'lower',
  baseline: 'synckit',
  placements: ['free', 'pinned'],
  timeout: 120_000,
  async measure(contestant, { effort }) {
    const files = await formattedFiles()
    const calls = await startContestant(contestant)
    const format = taskOf(calls, 'format')
    const isAsync = calls.isAsync === true
    return await timeCalls({
      call: isAsync
        ? () => Promise.all(files.map(({ source, path }) => format(source, path)))
        : () => files.map(({ source, path }) => format(source, path)),
      check(results) {
        const expected = files.map(({ formatted }) => formatted)
        if (!isDeepStrictEqual(results, expected)) throw wrongAnswer(expected, results)
      },
      isAsync,
      effort,
    })
  },
}
