import { expect, it, vi } from 'vitest'
import { DeadlockError, gather, LoopStartError, startPool } from '../src/index.ts'
import { echo, type MemoryChannel, memoryAdapter, type Respond } from './memory-channel.ts'

interface Tasks {
  task(value?: unknown): unknown
}

const quiet: Respond = (envelope) => (envelope.kind === 'stop' ? [{ kind: 'exit', code: 0 }] : undefined)

function calls(channel: MemoryChannel | undefined): unknown[] {
  return (channel?.posted ?? []).flatMap((envelope) => (envelope.kind === 'call' ? [envelope.args[0]] : []))
}

it('gives every call a place, the first member first', () => {
  const adapter = memoryAdapter(quiet)
  const { task } = startPool({ adapter, size: 3 }).load<Tasks>('./tasks.js')
  for (const value of ['a', 'b', 'c', 'd']) task.submit(value)
  expect(adapter.channels.map(calls)).toEqual([['a'], ['b'], ['c']])
  adapter.channels[1]?.arrive({ kind: 'return', id: 1, value: 'done' })
  adapter.channels[1]?.turn()
  expect(adapter.channels.map(calls)).toEqual([['a'], ['b', 'd'], ['c']])
})

it('stops the members that were started if one of them cannot be', () => {
  const adapter = memoryAdapter(echo)
  let opened = 0
  const failing = {
    ...adapter,
    open(options: Parameters<typeof adapter.open>[0]) {
      if (++opened === 3) throw new Error('no more threads')
      return adapter.open(options)
    },
  }
  expect(() => startPool({ adapter: failing, size: 4 })).toThrow(LoopStartError)
  expect(adapter.channels.map(({ posted }) => posted)).toEqual([[{ kind: 'stop' }], [{ kind: 'stop' }]])
})

it('fails what waits when no member is left and none can be started', () => {
  const adapter = memoryAdapter(quiet)
  let isOver = false
  const failing = {
    ...adapter,
    open(options: Parameters<typeof adapter.open>[0]) {
      if (isOver) throw new Error('no more threads')
      return adapter.open(options)
    },
  }
  const { task } = startPool({ adapter: failing, size: 2 }).load<Tasks>('./tasks.js')
  const futures = [1, 2, 3, 4].map((value) => task.submit(value))
  isOver = true
  for (const channel of adapter.channels) channel.arrive({ kind: 'exit', code: 9 })
  expect(gather(futures, { returnExceptions: true }).result()).toMatchObject([
    { reason: { name: 'LoopExitError', exitCode: 9 } },
    { reason: { name: 'LoopExitError', exitCode: 9 } },
    { reason: { name: 'LoopStartError', message: /no more threads/ } },
    { reason: { name: 'LoopStartError' } },
  ])
})

it('starts a member that failed to start again when its pause is over, although nothing else happens', () => {
  const adapter = memoryAdapter(quiet)
  let failures = 0
  const failing = {
    ...adapter,
    open(options: Parameters<typeof adapter.open>[0]) {
      if (adapter.channels.length >= 2 && failures++ < 2) throw new Error('not now')
      return adapter.open(options)
    },
  }
  const { task } = startPool({ adapter: failing, size: 2 }).load<Tasks>('./tasks.js')
  const stuck = task.submit('never answered')
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  const second = adapter.channels[1]
  second?.arrive({ kind: 'exit', code: 9 })
  second?.turn()
  const waiting = task.submit('waiting')
  const also = task.submit('waiting, too')
  expect(failures).toBe(2)
  expect(() => waiting.result({ timeout: 0 })).toThrow(/no result within 0 ms/)
  expect(() => also.result({ timeout: 400 })).toThrow(/no result within 400 ms/)
  expect(adapter.channels).toHaveLength(3)
  expect(calls(adapter.channels[2])).toEqual(['waiting'])
  expect(stuck.done()).toBe(false)
  told.mockRestore()
})

it('passes over calls whose time is up, and forgets those that were cancelled', () => {
  const adapter = memoryAdapter(quiet)
  const { task } = startPool({ adapter, size: 1, maxQueue: 1 }).load<Tasks>('./tasks.js')
  task.submit('running')
  for (let round = 0; round < 1_000; round++) task.submit(round).cancel()
  const expired = task.with({ timeout: 0 }).submit('expired')
  expect(() => task.sync('full')).toThrow(/has 1 waiting/)
  expect(() => expired.result()).toThrow(/0 ms/)
  const next = task.submit('next')
  adapter.channels[0]?.arrive({ kind: 'return', id: 1, value: undefined })
  expect(() => next.result({ timeout: 0 })).toThrow(/no result/)
  expect(calls(adapter.channels[0])).toEqual(['running', 'next'])
})

it('is a deadlock only where every member waits for this thread', () => {
  const adapter = memoryAdapter((envelope, channel) => {
    if (envelope.kind !== 'call' || envelope.callbacks === undefined) return echo(envelope, channel)
    return [{ kind: 'invoke', id: 1, call: envelope.id, callback: 0, args: [], blocking: true }]
  })
  const { task } = startPool({ adapter, size: 1, concurrency: 2 }).load<Tasks>('./tasks.js')
  let inside: unknown
  const outer = task.submit(() => {
    try {
      task.sync('never sent')
    } catch (error) {
      inside = error
    }
  })
  expect(() => outer.result({ timeout: 50 })).toThrow(/no result/)
  expect(inside).toBeInstanceOf(DeadlockError)
  expect(calls(adapter.channels[0])).toHaveLength(1)
})
