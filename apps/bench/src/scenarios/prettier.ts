import { isDeepStrictEqual } from 'node:util'
import { inMacrotask } from 'ambisync/bench/cell'
import { formattedFiles, shareFormattedFiles } from './real-files.ts'
import type { Scenario } from './scenario.ts'
import { taskOf } from './start-contestant.ts'
import { wrongAnswer } from './wrong-answer.ts'

/**
 * Real work, as a linter does it in each of its runs: files are formatted once, with one call each, by an API that is
 * asynchronous only. The start of the loop, and what it takes to load and warm Prettier, are a part of it. One sample a
 * process.
 */
export const scenario: Scenario = {
  name: 'prettier',
  title: 'Prettier from a fresh loop over source files of undici',
  unit: 'ms',
  baseline: 'synckit',
  placements: ['free', 'pinned'],
  timeout: 120_000,
  share: shareFormattedFiles,
  async measure(contestant) {
    const files = formattedFiles()
    const start = await contestant.load()
    const { begin, end, results } = await inMacrotask(() => {
      const begin = performance.now()
      const calls = start()
      const format = taskOf(calls, 'format')
      const all = files.map(({ source, path }) => format(source, path))
      return { begin, end: performance.now(), results: calls.isAsync ? Promise.all(all) : all }
    })
    const formatted = await results
    // Of promises, the time until the last is fulfilled.
    const time = (results instanceof Promise ? performance.now() : end) - begin
    const expected = files.map((file) => file.formatted)
    if (!isDeepStrictEqual(formatted, expected)) throw wrongAnswer(expected, formatted)
    return [time]
  },
}
