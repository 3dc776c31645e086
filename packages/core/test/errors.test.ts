import { describe, expect, it } from 'vitest'
import * as core from '../src/index.ts'
import { decodeThrown, encodeThrown } from '../src/thrown.ts'

const classes = Object.entries(core).filter(([name]) => /Error$/.test(name)) as [string, typeof core.AmbisyncError][]

describe.each(classes)('%s', (name, ErrorClass) => {
  const error = new ErrorClass('message', { cause: 'cause', adapter: 'memory' })

  it('has a name, a stable code, and what it was given', () => {
    expect(error).toMatchObject({ name, message: 'message', cause: 'cause', adapter: 'memory' })
    expect(error.code).toMatch(/^ERR_AMBISYNC/)
    expect(error.code).toBe(ErrorClass.code)
    expect(error).toBeInstanceOf(core.AmbisyncError)
    expect(String(error)).toBe(`${name}: message`)
    expect(Object.keys(error).sort()).toEqual(['adapter', 'code'])
  })

  it('is known to another copy of the package, and to no other class', () => {
    // What another copy makes: another class, with the same brand and code.
    const foreign = Object.assign(new Error('foreign'), { code: ErrorClass.code })
    Object.defineProperty(foreign, Symbol.for('ambisync.error'), { value: true })
    const matching = classes.filter(([, candidate]) => foreign instanceof candidate).map(([candidate]) => candidate)
    expect(matching.sort()).toEqual([...new Set([name, 'AmbisyncError'])].sort())
    expect({ code: ErrorClass.code } instanceof ErrorClass).toBe(false)
  })

  it('crosses with its class', () => {
    const crossed = decodeThrown(structuredClone(encodeThrown(error)))
    expect(Object.getPrototypeOf(crossed)).toBe(ErrorClass.prototype)
    expect(crossed).toMatchObject({ name, code: error.code, cause: 'cause', adapter: 'memory' })
  })
})

it("does not take a sibling for a user's subclass", () => {
  class MyTimeout extends core.TimeoutError {}
  expect(new MyTimeout('mine')).toBeInstanceOf(core.TimeoutError)
  expect(new MyTimeout('mine')).toBeInstanceOf(MyTimeout)
  expect(new core.TimeoutError('not mine')).not.toBeInstanceOf(MyTimeout)
})

it('has codes that are all different', () => {
  expect(new Set(classes.map(([, { code }]) => code)).size).toBe(classes.length)
})

describe('what is thrown', () => {
  it('crosses a chain of 10,000 causes', () => {
    let error = new Error('innermost')
    for (let depth = 0; depth < 10_000; depth++) error = new Error(`depth ${depth}`, { cause: error })
    let crossed = decodeThrown(encodeThrown(error)) as Error
    let depth = 0
    for (; crossed.cause !== undefined; depth++) crossed = crossed.cause as Error
    expect([depth, crossed.message]).toEqual([10_000, 'innermost'])
  })

  it('may have a getter that throws', () => {
    const error = Object.defineProperty(new Error('odd'), 'extra', {
      enumerable: true,
      get() {
        throw new Error('from the getter')
      },
    })
    expect(decodeThrown(encodeThrown(error))).toMatchObject({
      message: 'odd',
      extra: expect.stringContaining('from the getter'),
    })
  })
})
