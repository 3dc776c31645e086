/**
 * One cell of the failure matrix, in a process of its own, because that may hang or be taken along:
 * `node cell.js <configuration> <failure> <sync|async>`. Prints what it has seen as JSON, a line at a time.
 */
import { writeSync } from 'node:fs'
import { type Dual, startLoop, type Tasks } from '@ambisync/core'
import { configurationNamed } from '../configurations.ts'
import type { CellReport } from '../matrix/cells.ts'
import { failures } from '../matrix/failures.ts'
import { type Outcome, seenError } from '../matrix/seen.ts'

type AnyTasks = Tasks<Record<string, (...args: unknown[]) => unknown>>
type AnyTask = Dual<(...args: unknown[]) => unknown>

/** A loop that is stuck fails the call behind it, and the one after that has a fresh loop. */
const mostCallsAfter = 2

const [configuration = '', failureName = '', mode] = process.argv.slice(2)
const failure = failures.find(({ name }) => name === failureName)
if (failure === undefined) throw new RangeError(`there is no failure "${failureName}"`)
const { task, timeout, isRight = () => false } = failure
const args = failure.args?.() ?? []

/** At once: this process may end in the next moment. */
function report(line: CellReport): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

function taskOf(tasks: AnyTasks, name: string): AnyTask {
  const found = tasks[name]
  if (found === undefined) throw new TypeError(`there is no task "${name}"`)
  return found
}

function prepare(): { fail: AnyTask; echo: AnyTask } {
  const loop = startLoop({ adapter: configurationNamed(configuration).create() })
  const failing = new URL('../tasks/failing.js', import.meta.url)
  const fail = taskOf(loop.load(failure?.module ?? failing), task)
  return { fail: timeout === undefined ? fail : fail.with({ timeout }), echo: taskOf(loop.load(failing), 'echo') }
}

function returned(value: unknown): Outcome {
  return { returned: isRight(value) ? 'the right value' : 'a wrong value' }
}

function outcomeOf(run: () => unknown): Outcome {
  try {
    return returned(run())
  } catch (error) {
    return { threw: seenError(error) }
  }
}

function judge(echoed: unknown): string {
  return echoed === 'next' ? 'works' : 'a wrong value'
}

function runBlocking({ fail, echo }: ReturnType<typeof prepare>): void {
  // What happens to a loop that runs. Of one that is just starting, the conformance suite has cases.
  echo.sync('first')
  const began = performance.now()
  const outcome = outcomeOf(() => fail.sync(...args))
  report({ outcome, milliseconds: performance.now() - began })
  const next: string[] = []
  while (next.length < mostCallsAfter && next.at(-1) !== 'works') {
    try {
      next.push(judge(echo.sync('next')))
    } catch (error) {
      next.push(seenError(error).class)
    }
  }
  report({ next })
}

async function runAwaiting({ fail, echo }: ReturnType<typeof prepare>): Promise<void> {
  await echo.async('first')
  const began = performance.now()
  const outcome = await fail.async(...args).then(returned, (error): Outcome => ({ threw: seenError(error) }))
  report({ outcome, milliseconds: performance.now() - began })
  const next: string[] = []
  while (next.length < mostCallsAfter && next.at(-1) !== 'works') {
    next.push(await echo.async('next').then(judge, (error) => seenError(error).class))
  }
  report({ next })
}

// From a timer: an adapter may block by turning this thread's event loop, which takes a macrotask that can be left open.
setTimeout(() => {
  const prepared = prepare()
  if (mode === 'sync') runBlocking(prepared)
  else void runAwaiting(prepared)
}, 0)
