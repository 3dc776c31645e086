import { describe, expect, it, vi } from 'vitest'
import { DeadlockError, dual, gather, startLoop } from '../src/index.ts'
import { echo, memoryAdapter } from './memory-channel.ts'

const local = dual({
  sync: (value: string) => value,
  async: async (value: string) => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    return value
  },
})

describe('a native pair', () => {
  it('has both halves, and a future of the asynchronous one', async () => {
    expect(local.sync('a')).toBe('a')
    expect(await local.async('b')).toBe('b')
    expect(await local.submit('c')).toBe('c')
  })

  it('keeps a failure in the future', async () => {
    const failing = dual({
      sync() {
        throw new RangeError('sync')
      },
      async: (): Promise<never> => {
        throw new RangeError('thrown, not rejected')
      },
    })
    expect(() => failing.sync()).toThrow('sync')
    await expect(failing.async()).rejects.toThrow('thrown, not rejected')
    await expect(failing.submit()).rejects.toThrow('thrown, not rejected')
  })

  it('cannot be waited for on the thread that has to settle it', async () => {
    const future = local.submit('d')
    expect(() => future.result()).toThrow(DeadlockError)
    expect(() => future.result(1_000)).toThrow(DeadlockError)
    expect(() => gather([future]).result()).toThrow(DeadlockError)
    expect(await future).toBe('d')
    expect(future.result()).toBe('d')
  })

  it('is made of two functions', () => {
    for (const wrong of [undefined, null, {}, { sync() {} }, { sync: 1, async() {} }]) {
      expect(() => dual(wrong as never)).toThrow(TypeError)
    }
  })
})

describe('done callbacks', () => {
  it('that are added while earlier ones wait for their turn come after them', async () => {
    const seen: string[] = []
    const future = local.submit('x')
    future.addDoneCallback(() => seen.push('first'))
    await future
    future.addDoneCallback(() => seen.push('second'))
    expect(seen).toEqual(['first', 'second'])
  })

  it('of the parts of a gather run at its end, also where all of them are settled by one look', () => {
    const { task } = startLoop({ adapter: memoryAdapter(echo) }).load('./tasks.js')
    const seen: string[] = []
    const part = task?.submit(1)
    if (part === undefined) throw new Error('there is no task')
    const all = gather([part, gather([part, task?.submit(2) ?? part])])
    part.addDoneCallback(() => seen.push('part'))
    all.addDoneCallback(() => seen.push('whole'))
    all.result()
    expect(seen).toEqual(['part', 'whole'])
  })

  it('run at once when the future is cancelled', () => {
    const callback = vi.fn()
    const future = local.submit('x')
    future.addDoneCallback(callback)
    future.cancel()
    expect(callback).toHaveBeenCalledExactlyOnceWith(future)
  })

  it('have to be functions', () => {
    expect(() => local.submit('x').addDoneCallback(undefined as never)).toThrow(TypeError)
  })
})
