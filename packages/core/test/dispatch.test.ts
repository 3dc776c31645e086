import { expect, it } from 'vitest'
import { type Future, LoopStoppedError, startLoop } from '../src/index.ts'
import { last, memoryAdapter, type Respond } from './memory-channel.ts'

/*
 * What becomes due in one look at the channels runs one after another, never in the middle of something that another
 * part of it has called.
 */

interface Tasks {
  task(value?: unknown): unknown
}

const quiet: Respond = (envelope) => (envelope.kind === 'stop' ? [{ kind: 'exit', code: 0 }] : undefined)

function start(count: number) {
  const adapter = memoryAdapter(quiet)
  const loop = startLoop({ adapter })
  const { task } = loop.load<Tasks>('./tasks.js')
  const first = last(adapter)
  const futures: Future<unknown>[] = []
  for (let value = 0; value < count; value++) futures.push(task.submit(value))
  return {
    adapter,
    loop,
    task,
    futures,
    /** All of them are answered, and the event loop hears of it. */
    answer(): void {
      first.arrive(...futures.map((_, index) => ({ kind: 'return', id: index + 1, value: index }) as const))
      first.turn()
    },
    /** Everything that was sent by any generation is taken in. */
    turn(): void {
      for (const channel of adapter.channels) channel.turn()
    },
  }
}

it('done callbacks do not run inside one another, whatever they cancel', async () => {
  const { futures, task, answer } = start(5_000)
  const others = futures.map((_, index) => task.submit(index))
  let depth = 0
  let deepest = 0
  futures.forEach((future, index) => {
    future.addDoneCallback(() => {
      deepest = Math.max(deepest, ++depth)
      others[index]?.cancel()
      depth--
    })
  })
  answer()
  await Promise.all(futures)
  expect(deepest).toBe(1)
  expect(others.filter((other) => !other.cancelled())).toEqual([])
})

it('a second stop, asked for by a callback of the same look, ends like the first', async () => {
  const { futures, loop, answer, turn } = start(2)
  const stops: Promise<void>[] = []
  for (const future of futures) future.addDoneCallback(() => stops.push(loop.stop()))
  answer()
  turn()
  expect(stops).toHaveLength(2)
  await Promise.all(stops)
  expect(loop.state).toBe('stopped')
})

it('a call made by a callback after a stop of the same look is refused', async () => {
  const { futures, loop, task, answer, turn } = start(2)
  let stopped: Promise<void> | undefined
  let refused: Future<unknown> | undefined
  futures[0]?.addDoneCallback(() => {
    stopped = loop.stop()
  })
  futures[1]?.addDoneCallback(() => {
    refused = task.submit('too late')
  })
  answer()
  turn()
  await stopped
  expect(() => refused?.result()).toThrow(LoopStoppedError)
})

it.each(['restart', 'call'])('a restart and a %s by callbacks of one look lose no generation', async (what) => {
  const { adapter, futures, loop, task, answer, turn } = start(2)
  futures[0]?.addDoneCallback(() => loop.restart())
  futures[1]?.addDoneCallback(() => (what === 'restart' ? loop.restart() : void task.submit('more')))
  answer()
  for (const channel of adapter.channels) {
    const call = channel.posted.find((envelope) => envelope.kind === 'call' && envelope.args[0] === 'more')
    if (call?.kind === 'call') channel.arrive({ kind: 'return', id: call.id, value: 'done' })
  }
  const stopped = loop.stop()
  turn()
  await stopped
  const stops = adapter.channels.map(({ posted }) => posted.filter(({ kind }) => kind === 'stop').length)
  expect(stops).toEqual(adapter.channels.map(() => 1))
})

it('much that has arrived is taken in by parts, and the event loop has its turn in between', async () => {
  const { futures, answer } = start(2_500)
  let done = 0
  for (const future of futures) future.addDoneCallback(() => done++)
  answer()
  expect(done).toBeGreaterThan(0)
  expect(done).toBeLessThan(2_500)
  await Promise.all(futures)
  expect(done).toBe(2_500)
})

it('much that has arrived is all there for a blocking wait', () => {
  const { futures, answer } = start(2_500)
  answer()
  expect(futures.map((future) => future.result())).toEqual(futures.map((_, index) => index))
})
