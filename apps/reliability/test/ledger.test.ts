import { AbortError, LoopExitError, type LoopExitEvent, TimeoutError } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'
import { describe, expect, it } from 'vitest'
import { deaths } from '../src/chaos/deaths.ts'
import { type Allowances, type Entry, Ledger } from '../src/chaos/ledger.ts'

const { capabilities } = workerThreads()

/** What the ledger says of a run in which one call was made. */
function problemsOf(allowances: Allowances, run: (ledger: Ledger, entry: Entry) => void, resident = true): string[] {
  const problems: string[] = []
  const ledger = new Ledger((problem) => problems.push(problem))
  const { resident: _, ...rest } = capabilities
  const target = { name: 'first', capabilities: resident ? capabilities : rest }
  run(ledger, ledger.begin(target, 'a call', allowances))
  return problems
}

function exited(how: Partial<LoopExitEvent>): LoopExitEvent {
  const about = { loop: 'first', adapter: 'worker-threads', generation: 1, started: true, duration: 1 }
  return { ...about, exitCode: undefined, signal: undefined, cause: undefined, ...how }
}

const death = deaths.find(({ name }) => name === 'exit 3')
if (death === undefined) throw new Error('there is no such death')
const loopExit = new LoopExitError('it ended', { exitCode: 3 })
const shown = (): string => 'it'

const restart = (ledger: Ledger): void => {
  ledger.restarted('first')
  ledger.exited(exited({ exitCode: 0 }), 'first')
}

describe('the ledger takes', () => {
  it('a right answer', () => {
    expect(problemsOf({}, (ledger, entry) => ledger.returned(entry, true, shown))).toEqual([])
  })

  it('what the run has brought about', () => {
    expect(problemsOf({ expires: true }, (ledger, entry) => ledger.threw(entry, new TimeoutError('late')))).toEqual([])
    const cancel = (ledger: Ledger, entry: Entry): void => {
      entry.cancelled = true
      ledger.threw(entry, new AbortError('cancelled'))
    }
    expect(problemsOf({}, cancel)).toEqual([])
    const own = (ledger: Ledger, entry: Entry): void =>
      ledger.threw(entry, Object.assign(new RangeError('its own'), { id: entry.id }))
    expect(problemsOf({ fails: true }, own)).toEqual([])
    const provoked = (ledger: Ledger, entry: Entry): void => {
      ledger.exited(exited({ exitCode: 3 }), 'first')
      ledger.threw(entry, loopExit)
    }
    expect(problemsOf({ death }, provoked)).toEqual([])
    expect(problemsOf({ death }, (ledger, entry) => ledger.threw(entry, loopExit), false)).toEqual([])
    expect(problemsOf({}, restart)).toEqual([])
  })
})

describe('the ledger does not take', () => {
  it.each<[string, Allowances, (ledger: Ledger, entry: Entry) => void]>([
    ['a wrong answer', {}, (ledger, entry) => ledger.returned(entry, false, shown)],
    ['an answer where there can be none', { death }, (ledger, entry) => ledger.returned(entry, true, shown)],
    [
      'a call that settles twice',
      {},
      (ledger, entry) => {
        ledger.returned(entry, true, shown)
        ledger.returned(entry, true, shown)
      },
    ],
    ['a time limit that was not given', {}, (ledger, entry) => ledger.threw(entry, new TimeoutError('late'))],
    ['a cancellation that was not made', {}, (ledger, entry) => ledger.threw(entry, new AbortError('cancelled'))],
    [
      "another call's failure",
      { fails: true },
      (ledger, entry) => ledger.threw(entry, Object.assign(new RangeError('of another'), { id: entry.id + 1 })),
    ],
    ['the end of a loop that has not ended', { death }, (ledger, entry) => ledger.threw(entry, loopExit)],
    ['an end of a loop that nobody has provoked', {}, (ledger) => ledger.exited(exited({ exitCode: 3 }), 'first')],
    [
      'a second end of a loop after one restart',
      {},
      (ledger) => {
        restart(ledger)
        ledger.exited(exited({ exitCode: 0 }), 'first')
      },
    ],
    ['another end than was provoked', { death }, (ledger) => ledger.exited(exited({ exitCode: 0 }), 'first')],
    ['a death on another loop', { death }, (ledger) => ledger.exited(exited({ exitCode: 3 }), 'second')],
    ["another call's callback", {}, (ledger, entry) => ledger.calledBack(entry, false, shown)],
    [
      'a callback after the end',
      {},
      (ledger, entry) => {
        ledger.returned(entry, true, shown)
        ledger.calledBack(entry, true, shown)
      },
    ],
  ])('%s', (_, allowances, run) => {
    expect(problemsOf(allowances, run)).toHaveLength(1)
  })

  it('the end of a loop from a call that is alone on its own', () => {
    const outcome = problemsOf({}, (ledger, entry) => ledger.threw(entry, loopExit), false)
    expect(outcome).toHaveLength(1)
  })

  it('a call that has not settled', () => {
    const ledger = new Ledger(() => {})
    ledger.begin({ name: 'first', capabilities }, 'a call', {})
    expect(ledger.open).toBe(1)
    expect(ledger.oldest?.what).toBe('a call')
  })
})
