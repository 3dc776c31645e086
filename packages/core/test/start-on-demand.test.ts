import { expect, it } from 'vitest'
import { NotSupportedError, startLoop, startPool } from '../src/index.ts'
import { echo, memoryAdapter } from './memory-channel.ts'

interface Module {
  task(value: number): number
}

it('a loop that starts on demand is started by the first call, and by nothing before it', () => {
  const adapter = memoryAdapter(echo)
  const loop = startLoop({ adapter, start: 'on-demand' })
  const { task } = loop.load<Module>('./tasks.js')
  expect(adapter.channels).toHaveLength(0)
  expect(loop.state).toBe('running')
  task.sync(1)
  task.sync(2)
  expect(adapter.channels).toHaveLength(1)
})

it('a reference that was taken before holds once it runs', () => {
  const adapter = memoryAdapter(echo)
  const loop = startLoop({ adapter, start: 'on-demand' })
  loop.ref()
  loop.load<Module>('./tasks.js').task.sync(1)
  expect(adapter.channels.map(({ held }) => held)).toEqual([true])
})

it('one that was never called can be stopped', () => {
  const adapter = memoryAdapter(echo)
  const loop = startLoop({ adapter, start: 'on-demand' })
  loop.stopSync()
  expect(loop.state).toBe('stopped')
  expect(adapter.channels).toHaveLength(0)
})

it('what cannot start fails the call', () => {
  const open = (): never => {
    throw new NotSupportedError('not here')
  }
  const loop = startLoop({ adapter: { ...memoryAdapter(echo), open }, start: 'on-demand' })
  expect(() => loop.load<Module>('./tasks.js').task.sync(1)).toThrow(NotSupportedError)
})

it('the members of a pool start as they are called', () => {
  const adapter = memoryAdapter(echo)
  const pool = startPool({ adapter, size: 3, start: 'on-demand' })
  const { task } = pool.load<Module>('./tasks.js')
  expect(adapter.channels).toHaveLength(0)
  task.sync(1)
  expect(adapter.channels).toHaveLength(1)
})

it('other words are refused', () => {
  const start = 'later' as 'on-demand'
  expect(() => startLoop({ adapter: memoryAdapter(echo), start })).toThrow(
    new TypeError("start must be 'at once' or 'on-demand', not later"),
  )
})
