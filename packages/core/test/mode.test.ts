import { describe, expect, it, vi } from 'vitest'
import { type CallerDetector, dual, type Mode, NotSupportedError, runWithMode, startLoop } from '../src/index.ts'
import { echo, memoryAdapter } from './memory-channel.ts'

const pair = { sync: (x: number) => `sync ${x}`, async: async (x: number) => `async ${x}` }
const detecting = (mode: Mode): CallerDetector => ({ modeOf: () => mode })

describe('.auto', () => {
  it('goes by the call, then the scope, then the detector, then the default', async () => {
    const f = dual(pair, { mode: 'sync', detector: detecting('async') })
    expect(await f.auto(1)).toBe('async 1')
    expect(f.auto(1)).toBeInstanceOf(Promise)
    expect(runWithMode('sync', () => f.auto(2))).toBe('sync 2')
    expect(runWithMode('sync', () => f.with({ mode: 'async' }).auto(3))).toBeInstanceOf(Promise)
    expect(dual(pair, { mode: 'sync' }).auto(4)).toBe('sync 4')
    expect(dual(pair, { mode: 'async' }).auto(5)).toBeInstanceOf(Promise)
  })

  it("takes 'auto' for no choice: at the call, in the scope, and as the default", () => {
    const f = dual(pair, { mode: 'async', detector: detecting('sync') })
    expect(f.with({ mode: 'async' }).with({ mode: 'auto' }).auto(1)).toBe('sync 1')
    expect(runWithMode('async', () => runWithMode('auto', () => f.auto(2)))).toBe('sync 2')
    expect(runWithMode('sync', () => f.with({ mode: 'auto' }).auto(3))).toBe('sync 3')
    expect(() => dual(pair, { mode: 'auto' }).auto(4)).toThrow(NotSupportedError)
  })

  it('says which package to add where nothing decides', () => {
    expect(() => dual(pair).auto(1)).toThrow(/cannot tell whether its caller is synchronous.*@ambisync\/detect/)
  })

  it('has a scope that holds after an await, and ends with the function', async () => {
    const f = dual(pair)
    const promise = runWithMode('sync', async () => {
      await null
      return f.auto(1)
    })
    expect(() => f.auto(2)).toThrow(NotSupportedError)
    expect(await promise).toBe('sync 1')
  })

  it('gives the detector the very function whose caller it is to find', () => {
    const modeOf = vi.fn<CallerDetector['modeOf']>(() => 'sync')
    const f = dual(pair, { detector: { modeOf } })
    f.auto(1)
    expect(modeOf).toHaveBeenCalledWith(f.auto)
    const limited = f.with({})
    limited.auto(1)
    expect(modeOf).toHaveBeenLastCalledWith(limited.auto)
  })

  it('is there for generator functions, which go by their leaves', async () => {
    const leaf = dual(pair)
    const f = dual(
      function* (x: number) {
        return `${yield* leaf(x)}!`
      },
      { mode: 'sync' },
    )
    expect(f.auto(1)).toBe('sync 1!')
    expect(await f.with({ mode: 'async' }).auto(1)).toBe('async 1!')
  })

  it('throws what the detector throws', () => {
    const detector: CallerDetector = {
      modeOf() {
        throw new NotSupportedError('not here')
      },
    }
    expect(() => dual(pair, { detector }).auto(1)).toThrow('not here')
    expect(dual(pair, { detector }).with({ mode: 'sync' }).auto(1)).toBe('sync 1')
  })

  it('tells the detector of calls by .sync that are over, failed ones too, and of no others', async () => {
    const blocked = vi.fn<NonNullable<CallerDetector['blocked']>>()
    const detector: CallerDetector = { ...detecting('sync'), blocked }
    const failing = (): never => {
      throw new Error('failed')
    }
    const f = dual(
      {
        sync: pair.sync,
        async: async function named(x: number) {
          return String(x)
        },
      },
      { detector },
    )
    f.sync(1)
    f.auto(1)
    await f.async(1)
    expect(blocked).toHaveBeenCalledTimes(1)
    expect(blocked).toHaveBeenCalledWith(f.sync, { task: 'named', duration: expect.any(Number) })
    expect(() => dual({ sync: failing, async: pair.async }, { detector }).sync()).toThrow('failed')
    expect(blocked).toHaveBeenCalledTimes(2)
  })

  it('names a pair after a half with a name of its own, or as it is told', () => {
    const named = async (x: number) => String(x)
    expect(() => dual({ sync: String, async: named }).auto(1)).toThrow(/^named\.auto/)
    expect(() => dual({ sync: (x: number) => x, async: async (x: number) => x }).auto(1)).toThrow(/^the function\.auto/)
    expect(() => dual({ sync: String, async: named }, { name: 'told' }).auto(1)).toThrow(/^told\.auto/)
    const generator = dual(
      function* () {
        yield Promise.resolve()
      },
      { name: 'told' },
    )
    expect(() => generator.sync()).toThrow(/told/)
    expect(() => dual(pair, { name: 1 as never })).toThrow(/name must be a string, not a number/)
  })

  it('refuses what is no mode and no detector, by name', () => {
    const f = dual(pair)
    const wrong = 'blocking' as Mode
    expect(() => f.with({ mode: wrong })).toThrow(
      new TypeError("mode must be 'sync', 'async' or 'auto', not 'blocking'"),
    )
    expect(() => runWithMode(wrong, () => 1)).toThrow(/mode must be/)
    expect(() => runWithMode('sync', 1 as never)).toThrow(/runWithMode runs a function, not a number/)
    expect(() => dual(pair, { mode: wrong })).toThrow(/mode must be/)
    expect(() => dual(pair, { detector: {} as CallerDetector })).toThrow(/detector must be a detector/)
    expect(() => dual(pair, { timeout: 1 } as never)).toThrow(/"timeout" is not an option of dual/)
    expect(() => startLoop({ adapter: memoryAdapter(echo), mode: wrong })).toThrow(/mode must be/)
  })
})
