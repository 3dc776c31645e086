/**
 * Makes blocking calls, checks every answer, and tells now and then what memory is held: `node soak.js <configuration>
 * <calls>`. Prints a line of JSON for each sample, and for each answer that was wrong.
 */
import { writeSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { AbortError, startLoop } from '@ambisync/core'
import { configurationNamed } from '../configurations.ts'
import { memoryAfterCollection } from '../memory.ts'
import { randomNumbers } from '../random-numbers.ts'
import { makePayload } from '../soak/payloads.ts'
import { type SoakReport, samples } from '../soak/sample.ts'

const [configuration = '', callsGiven] = process.argv.slice(2)
const calls = Number(callsGiven)

const adapter = configurationNamed(configuration).create()
const { callbacks, streams } = adapter.capabilities
const loop = startLoop({ adapter })
const url = new URL('../tasks/answering.js', import.meta.url)
const tasks = loop.load<typeof import('../tasks/answering.js')>(url)
const random = randomNumbers(1)

function report(line: SoakReport): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

function check(id: number, what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) report({ wrong: `call ${id}, ${what}: ${String(actual)}` })
}

function thrown(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return 'nothing was thrown'
}

function callAndAnswer(id: number): void {
  const value = makePayload(random)
  check(id, 'answer', tasks.answer.sync(id, value), { id, value })
}

function callAndFail(id: number): void {
  const error = thrown(() => tasks.fail.sync(id))
  check(id, 'failure', error instanceof RangeError && 'id' in error ? error.id : error, id)
}

/** The loop acknowledges with its next answer, and the call must not be confused with that. */
function callAndCancel(id: number): void {
  const future = tasks.answerLater.submit(id, 60_000)
  future.cancel()
  const error = thrown(() => future.result())
  check(id, 'cancellation', error instanceof AbortError || error, true)
  callAndAnswer(id)
}

function callAndBeAsked(id: number): void {
  const heard: unknown[] = []
  const answer = tasks.ask.sync(id, 3, (askedFor, turn) => {
    heard.push([askedFor, turn])
    return id + turn
  })
  check(id, 'callback', heard, [
    [id, 0],
    [id, 1],
    [id, 2],
  ])
  check(id, 'answer after a callback', answer, { id, value: 3 * id + 3 })
}

function callForStream(id: number): void {
  const length = random(20)
  const read = random(2) === 0 ? length : random(20)
  const expected = Array.from({ length: Math.min(read, length) }, (_, value) => ({ id, value }))
  const items: unknown[] = []
  for (const item of tasks.count.sync(id, length)) {
    if (items.length === read) break
    items.push(item)
  }
  check(id, 'stream', items, expected)
}

/** Of a thousand calls, how many are not plain ones. */
function call(id: number): void {
  const choice = random(1_000)
  if (choice < 20) callAndFail(id)
  else if (choice < 25) callAndCancel(id)
  else if (choice < 35 && callbacks) callAndBeAsked(id)
  else if (choice < 45 && streams) callForStream(id)
  else callAndAnswer(id)
}

/** A part of the calls, and then a turn of the event loop, as any program gives it now and then. */
function soak(id: number): void {
  for (let next = id; next < id + calls / samples; next++) call(next)
  const done = Math.round(id + calls / samples)
  report({ sample: { calls: done, loop: tasks.memory.sync(), caller: memoryAfterCollection() } })
  if (done < calls) setTimeout(soak, 0, done)
}

// From a timer: an adapter may block by turning this thread's event loop, which takes a macrotask that can be left open.
setTimeout(soak, 0, 0)
