import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, it, onTestFinished } from 'vitest'
import { LoopStartError, startLoop } from '../src/index.ts'
import { echo, last, memoryAdapter } from './memory-channel.ts'

function listen(channel: string): unknown[] {
  const messages: unknown[] = []
  const listener = (message: unknown): unknown => messages.push(message)
  subscribe(channel, listener)
  onTestFinished(() => void unsubscribe(channel, listener))
  return messages
}

it('a loop that ends before it runs has not started', () => {
  const starts = listen('ambisync.loop.start')
  const exits = listen('ambisync.loop.exit')
  const adapter = memoryAdapter(() => undefined)
  const loop = startLoop({
    name: 'early',
    adapter: {
      ...adapter,
      open(options) {
        const channel = adapter.open(options)
        // Takes the `ready` away.
        channel.poll()
        return channel
      },
    },
  })
  const future = loop.load<{ task(): void }>('./tasks.js').task.submit()
  const cause = new Error('why')
  last(adapter).arrive({ kind: 'exit', signal: 'SIGKILL', cause })
  expect(() => future.result()).toThrow(LoopStartError)
  expect(starts).toEqual([])
  const about = { loop: 'early', adapter: 'memory', generation: 1, duration: expect.any(Number) }
  expect(exits).toEqual([{ ...about, started: false, exitCode: undefined, signal: 'SIGKILL', cause }])
})

it('a loop that cannot even begin to start tells why', () => {
  const exits = listen('ambisync.loop.exit')
  const cause = new Error('no more threads')
  const refuse = (): never => {
    throw cause
  }
  expect(() => startLoop({ adapter: { ...memoryAdapter(echo), open: refuse } })).toThrow(LoopStartError)
  expect(exits).toMatchObject([{ generation: 1, started: false, cause }])
})

it('nobody is told in the middle of a look', () => {
  const adapter = memoryAdapter(echo)
  const { task } = startLoop({ adapter }).load<{ task(value: number): number }>('./tasks.js')
  const answers: number[] = []
  const listener = (): unknown => answers.push(task.sync(1))
  subscribe('ambisync.loop.start', listener)
  onTestFinished(() => void unsubscribe('ambisync.loop.start', listener))
  expect(task.sync(2)).toBe(2)
  expect(answers).toEqual([1])
})
