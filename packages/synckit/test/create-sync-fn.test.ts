import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createSyncFn, extractProperties, runAsWorker, TsRunner } from '@ambisync/synckit'
import { describe, expect, it } from 'vitest'

const url = (name: string): URL => new URL(`./workers/${name}`, import.meta.url)
const path = (name: string): string => fileURLToPath(url(name))

type Various = (name: string, ...args: readonly unknown[]) => unknown
const various = createSyncFn<Various>(url('various.mjs'))

describe('a function', () => {
  it('blocks, and gives what the worker does', () => {
    expect(createSyncFn<(...numbers: number[]) => Promise<number>>(path('sum.mjs'))(1, 2, 3)).toBe(6)
    const value = { list: [1, new Date(0), new Map([['a', 1n]])], none: undefined }
    expect(createSyncFn<(value: unknown) => unknown>(path('echo.cjs'))(value)).toEqual(value)
  })

  it('is made of a path, a URL, and the text of a URL', () => {
    for (const where of [path('sum.mjs'), url('sum.mjs'), url('sum.mjs').href]) {
      expect(createSyncFn<(...numbers: number[]) => number>(where)(4, 5)).toBe(9)
    }
  })

  it('is made by require, too', () => {
    const required: typeof import('@ambisync/synckit') = createRequire(import.meta.url)('@ambisync/synckit')
    expect(required.createSyncFn<(...numbers: number[]) => number>(path('sum.mjs'))(1, 1)).toBe(2)
  })

  it('is made of a module that only its syntax tells for one, and that awaits at its top level', () => {
    expect(createSyncFn<(name: string) => string>(path('untyped/awaits.js'))('world')).toBe('hello, world')
  })

  it('is the same for the same worker and options, and another one for others', () => {
    const one = createSyncFn<Various>(path('various.mjs'), 10_000)
    expect(createSyncFn(url('various.mjs'), { timeout: 10_000 })).toBe(one)
    expect(createSyncFn(url('various.mjs'), 20_000)).not.toBe(one)
    expect(one('thread')).not.toBe(various('thread'))
  })

  it('is not made of what is no absolute path, nor with options that cannot be right', () => {
    expect(() => createSyncFn('./worker.js')).toThrow('`workerPath` must be absolute')
    expect(() => createSyncFn(path('sum.mjs'), -1)).toThrow(/timeout must be a number of milliseconds above 0/)
    expect(() => Reflect.apply(createSyncFn, undefined, [path('sum.mjs'), { tsRunner: 'none' }])).toThrow(
      /Unknown ts runner: none/,
    )
  })
})

describe('what goes wrong', () => {
  it('is thrown with its class, its properties and its cause', () => {
    let error: unknown
    try {
      various('fail')
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(SyntaxError)
    expect(error).toMatchObject({
      message: 'Unexpected token (1:2)',
      loc: { start: { line: 1, column: 2 } },
      codeFrame: '> 1 | a b',
      cause: expect.any(RangeError),
    })
  })

  it('need not be an error', () => {
    expect(() => various('failOddly')).toThrow(expect.objectContaining({ code: 'E_ODD' }))
  })

  it('is told of a worker that gives no function, or is not there', () => {
    expect(() => createSyncFn(path('none.mjs'))()).toThrow(/did not call runAsWorker/)
    expect(() => createSyncFn(path('missing.mjs'))()).toThrow(/missing\.mjs/)
    expect(() => createSyncFn(path('missing.cjs'))()).toThrow(/missing\.cjs/)
  })

  it('is a time limit that has passed, and the next call works', () => {
    const limited = createSyncFn<Various>(path('various.mjs'), 3_000)
    expect(() => limited('never')).toThrow(expect.objectContaining({ code: 'ERR_AMBISYNC_TIMEOUT' }))
    expect(limited('thread')).toBeGreaterThan(0)
  })

  it('is a worker that ends, and the next call works', () => {
    expect(() => various('exit')).toThrow(expect.objectContaining({ exitCode: 3 }))
    expect(various('thread')).toBeGreaterThan(0)
  })
})

describe('options', () => {
  it('execArgv are those of the worker', () => {
    const warned = createSyncFn<Various>(path('various.mjs'), { execArgv: ['--no-warnings'] })
    expect(warned('environment')).toMatchObject({ execArgv: ['--no-warnings'] })
  })

  it('globalShims give it globals', () => {
    const shims = [
      { moduleName: path('shim.mjs'), globalName: 'shimmed', named: 'shimmed' },
      { moduleName: 'not-installed', globalName: 'missing' },
    ]
    const shimmed = createSyncFn<Various>(path('various.mjs'), { globalShims: shims })
    expect(shimmed('environment')).toMatchObject({ shimmed: 'by a module' })
  })

  it('tsRunner loads a worker in TypeScript, also by the path of what it is compiled to', () => {
    const typed = createSyncFn<(value: number) => Promise<number>>(path('typed.js'), { tsRunner: TsRunner.TSX })
    expect(typed(21)).toBe(42)
  })

  it('a runner that is not installed is named', () => {
    expect(() => createSyncFn(path('typed.ts'), { tsRunner: 'swc' })).toThrow(/the runner swc is not installed where/)
  })
})

it('runAsWorker does nothing elsewhere', () => {
  expect(runAsWorker(() => 1)).toBeUndefined()
})

it('extractProperties takes what is enumerable', () => {
  expect(extractProperties()).toBeUndefined()
  expect(extractProperties(Object.assign(new Error('x'), { code: 1 }))).toEqual({ code: 1 })
})
