import { timeCalls } from 'ambisync/bench/cell'
import { findPages, sharePages } from '../page-server/shared-pages.ts'
import type { Scenario } from './scenario.ts'
import { startContestant, taskOf } from './start-contestant.ts'
import { wrongAnswer } from './wrong-answer.ts'

/** Real work: pages of a server on this machine, one request after another. */
export const scenario: Scenario = {
  name: 'http',
  title: 'HTTP request to a local server',
  unit: 'ms',
  baseline: 'synckit',
  placements: ['free', 'pinned'],
  timeout: 60_000,
  share: sharePages,
  async measure(contestant, { effort }) {
    const pages = findPages()
    const calls = await startContestant(contestant)
    const fetchText = calls.fetchText ?? taskOf(calls, 'fetchText')
    let made = 0
    const page = (): (typeof pages)[number] => pages[made % pages.length] ?? { url: '', text: '' }
    return await timeCalls({
      call: () => fetchText(page().url),
      check(text) {
        if (text !== page().text) throw wrongAnswer(page().text, text)
        made++
      },
      isAsync: calls.isAsync === true,
      effort,
    })
  },
}
