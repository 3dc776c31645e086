import { AsyncLocalStorage } from 'node:async_hooks'
import { expectTypeOf, it } from 'vitest'
import {
  type CallOptions,
  type CallTrace,
  type Dual,
  type DualCall,
  dual,
  type Future,
  gather,
  type Loop,
  type LoopExitEvent,
  type LoopLease,
  type ModeOption,
  type Pool,
  registerClass,
  type Stream,
  shareLoop,
  startLoop,
  startPool,
} from '../src/index.ts'
import { type Callback, getCall, transferResult } from '../src/task.ts'

interface Module {
  fetchText(url: string, options?: { retries: number }): Promise<string>
  now(): number
  variadic(first: string, ...rest: number[]): Promise<number[]>
  overloaded(value: string): Promise<string>
  overloaded(value: number): Promise<number>
  generic<T extends object>(value: T): Promise<T>
  nested(): Promise<Promise<{ a: 1 }>>
  download(url: string, on: { progress: Callback<(bytes: number) => void>; name?: string }): Promise<number>
  each(values: string[], f: Callback<(value: string) => number>): Promise<void>
  plain(f: (value: string) => Promise<number>): Promise<void>
  lines(url: string): AsyncGenerator<string, number, boolean>
  plainLines(url: string): Generator<string, number, boolean>
  linesLater(url: string): Promise<AsyncGenerator<string, number, boolean>>
  linesWith(f: Callback<(line: string) => string>): AsyncGenerator<string, void, undefined>
  // biome-ignore lint/suspicious/noExplicitAny: as of JSON.parse
  parse(text: string): Promise<any>
  fail(): Promise<never>
  readonly version: string
  then(value: string): Promise<string>
}

declare const options: Parameters<typeof startLoop>[0]
const tasks = startLoop(options).load<Module>('./tasks.js')

it('infers the three forms of an async function', () => {
  expectTypeOf(tasks.fetchText.sync).toEqualTypeOf<(url: string, options?: { retries: number }) => string>()
  expectTypeOf(tasks.fetchText.async).toEqualTypeOf<(url: string, options?: { retries: number }) => Promise<string>>()
  expectTypeOf(tasks.fetchText.submit).toEqualTypeOf<(url: string, options?: { retries: number }) => Future<string>>()
  expectTypeOf(tasks.fetchText.with({ timeout: 1 })).toEqualTypeOf(tasks.fetchText)
})

it('infers them for a function that is not async', () => {
  expectTypeOf(tasks.now.sync).toEqualTypeOf<() => number>()
  expectTypeOf(tasks.now.async).toEqualTypeOf<() => Promise<number>>()
  expectTypeOf(tasks.now.submit).toEqualTypeOf<() => Future<number>>()
})

it('keeps rest parameters, and awaits to the bottom', () => {
  expectTypeOf(tasks.variadic.sync).toEqualTypeOf<(first: string, ...rest: number[]) => number[]>()
  expectTypeOf(tasks.nested.sync).returns.toEqualTypeOf<{ a: 1 }>()
  expectTypeOf(tasks.nested.submit).returns.toEqualTypeOf<Future<{ a: 1 }>>()
})

it('keeps overloads', () => {
  expectTypeOf(tasks.overloaded.sync('a')).toEqualTypeOf<string>()
  expectTypeOf(tasks.overloaded.sync(1)).toEqualTypeOf<number>()
  expectTypeOf(tasks.overloaded.submit('a')).toEqualTypeOf<Future<string>>()
  expectTypeOf(tasks.overloaded.async(1)).toEqualTypeOf<Promise<number>>()
  // @ts-expect-error no overload takes a boolean
  tasks.overloaded.sync(true)
})

it('keeps type parameters in the async form, and their constraint in the others', () => {
  expectTypeOf(tasks.generic.async({ a: 1 })).toEqualTypeOf<Promise<{ a: number }>>()
  expectTypeOf(tasks.generic.sync({ a: 1 })).toEqualTypeOf<object>()
})

it('has generators for generators, blocking and not', () => {
  type Lines = (url: string) => AsyncGenerator<string, number, boolean>
  type SyncLines = (url: string) => Generator<string, number, boolean>
  type SubmitLines = (url: string) => Future<Stream<string, number, boolean>>
  expectTypeOf(tasks.lines.sync).toEqualTypeOf<SyncLines>()
  expectTypeOf(tasks.lines.async).toEqualTypeOf<Lines>()
  expectTypeOf(tasks.lines.submit).toEqualTypeOf<SubmitLines>()
  expectTypeOf(tasks.plainLines.sync).toEqualTypeOf<SyncLines>()
  expectTypeOf(tasks.plainLines.async).toEqualTypeOf<Lines>()
  expectTypeOf(tasks.plainLines.submit).toEqualTypeOf<SubmitLines>()
  expectTypeOf(tasks.linesLater.sync).toEqualTypeOf<SyncLines>()
  expectTypeOf(tasks.linesLater.async).returns.toEqualTypeOf<Promise<AsyncGenerator<string, number, boolean>>>()
  expectTypeOf(tasks.linesLater.submit).toEqualTypeOf<SubmitLines>()
  expectTypeOf(tasks.linesWith.async).parameter(0).toEqualTypeOf<(line: string) => string | Promise<string>>()
  expectTypeOf(tasks.linesWith.async).returns.toEqualTypeOf<AsyncGenerator<string, void, undefined>>()
  expectTypeOf(tasks.lines.submit('').result()[Symbol.iterator]()).toEqualTypeOf<Generator<string, number, boolean>>()
})

it('takes neither any nor never for a generator', () => {
  expectTypeOf(tasks.parse.sync).returns.toBeAny()
  expectTypeOf(tasks.parse.submit('').result()).toBeAny()
  expectTypeOf(tasks.fail.sync).returns.toBeNever()
  expectTypeOf(tasks.fail.async).returns.toEqualTypeOf<Promise<never>>()
})

it('has a form that chooses, narrowed by a mode that is given literally', () => {
  type Url = [url: string, options?: { retries: number }]
  const { fetchText, lines } = tasks
  expectTypeOf(fetchText.auto).toEqualTypeOf<(...args: Url) => string | Promise<string>>()
  expectTypeOf(fetchText.with({ mode: 'sync' }).auto).toEqualTypeOf<(...args: Url) => string>()
  expectTypeOf(fetchText.with({ mode: 'async', timeout: 1 }).auto).toEqualTypeOf<(...args: Url) => Promise<string>>()
  expectTypeOf(fetchText.with({ mode: 'sync' }).with({ timeout: 1 }).auto).returns.toEqualTypeOf<string>()
  expectTypeOf(fetchText.with({ mode: 'sync' }).with({ mode: 'auto' }).auto).toEqualTypeOf(fetchText.auto)
  expectTypeOf(fetchText.with({} as CallOptions).auto).toEqualTypeOf(fetchText.auto)
  expectTypeOf(fetchText.with({ mode: 'sync' as ModeOption }).auto).toEqualTypeOf(fetchText.auto)
  expectTypeOf(lines.auto('')).toEqualTypeOf<
    Generator<string, number, boolean> | AsyncGenerator<string, number, boolean>
  >()
  expectTypeOf(tasks.overloaded.auto(1)).toEqualTypeOf<number | Promise<number>>()
  const pair = dual({ sync: (x: number) => x, async: async (x: number) => String(x) })
  expectTypeOf(pair.auto).toEqualTypeOf<(x: number) => number | Promise<string>>()
  expectTypeOf(pair.with({ mode: 'async' }).auto).toEqualTypeOf<(x: number) => Promise<string>>()
})

it('has functions only, and no then', () => {
  expectTypeOf<keyof typeof tasks>().toEqualTypeOf<
    | 'fetchText'
    | 'now'
    | 'variadic'
    | 'download'
    | 'each'
    | 'plain'
    | 'overloaded'
    | 'generic'
    | 'nested'
    | 'lines'
    | 'plainLines'
    | 'linesLater'
    | 'linesWith'
    | 'parse'
    | 'fail'
  >()
  // @ts-expect-error wrong argument
  tasks.fetchText.sync(1)
  // @ts-expect-error there is no such option
  tasks.fetchText.with({ timeOut: 1 })
})

it('takes any names for a module whose type is not given', () => {
  const untyped = startLoop(options).load('./tasks.js')
  expectTypeOf(untyped).toMatchTypeOf<Record<string, Dual<(...args: unknown[]) => unknown>>>()
})

it('takes callbacks that return values, or promises where the caller awaits', () => {
  expectTypeOf(tasks.each.sync).toEqualTypeOf<(values: string[], f: (value: string) => number) => void>()
  expectTypeOf(tasks.each.submit).toEqualTypeOf<
    (values: string[], f: (value: string) => number | Promise<number>) => Future<void>
  >()
  expectTypeOf(tasks.each.async([], async () => 1)).toEqualTypeOf<Promise<void>>()
  expectTypeOf(
    tasks.download.sync('', { progress: (bytes) => expectTypeOf(bytes).toEqualTypeOf<number>() }),
  ).toEqualTypeOf<number>()
  expectTypeOf(tasks.plain.sync).toEqualTypeOf<(f: (value: string) => number) => void>()
  // @ts-expect-error its thread is blocked
  tasks.each.sync([], async () => 1)
})

it('types a gather as a tuple', () => {
  const text = tasks.fetchText.submit('')
  const number = tasks.now.submit()
  expectTypeOf(gather([text, number])).toEqualTypeOf<Future<[string, number]>>()
  expectTypeOf(gather(['a', 'b'].map((url) => tasks.fetchText.submit(url)))).toEqualTypeOf<Future<string[]>>()
  expectTypeOf(gather([text, number], { returnExceptions: true })).toEqualTypeOf<
    Future<[PromiseSettledResult<string>, PromiseSettledResult<number>]>
  >()
  expectTypeOf(gather([() => text, () => number], { limit: 2 })).toEqualTypeOf<Future<[string, number]>>()
  // @ts-expect-error functions need a limit
  gather([() => text])
})

it('types a future', () => {
  const future = tasks.fetchText.submit('')
  expectTypeOf(future.result()).toEqualTypeOf<string>()
  expectTypeOf(future.outcome(5)).toEqualTypeOf<PromiseSettledResult<string>>()
  expectTypeOf<Awaited<typeof future>>().toEqualTypeOf<string>()
  future.addDoneCallback((settled) => expectTypeOf(settled).toEqualTypeOf<Future<string>>())
})

it('types registered classes by what their codec gives', () => {
  class Hidden {
    readonly #text: string
    private constructor(text: string) {
      this.#text = text
    }
    static of(text: string): Hidden {
      return new Hidden(text)
    }
    get text(): string {
      return this.#text
    }
  }
  registerClass(Hidden, {
    encode(instance) {
      expectTypeOf(instance).toEqualTypeOf<Hidden>()
      return { text: instance.text }
    },
    decode(data) {
      expectTypeOf(data).toEqualTypeOf<{ text: string }>()
      return Hidden.of(data.text)
    },
  })
  // @ts-expect-error not what is registered
  registerClass(Hidden, { encode: () => 1, decode: () => new Date() })
  // @ts-expect-error not a class
  registerClass({})
})

it('keeps the type of a result that moves', () => {
  const bytes = new Uint8Array(1)
  expectTypeOf(transferResult(bytes, [bytes.buffer])).toEqualTypeOf<typeof bytes>()
  // @ts-expect-error a primitive value has nothing to move
  transferResult(1, [])
  // @ts-expect-error a number cannot be moved
  tasks.fetchText.with({ transfer: [1] })
})

it('keeps each half of a native pair', () => {
  const pair = dual({ sync: (path: string) => path.length, async: async (path: string) => path.length })
  expectTypeOf(pair.sync).toEqualTypeOf<(path: string) => number>()
  expectTypeOf(pair.submit).toEqualTypeOf<(path: string) => Future<number>>()
  // @ts-expect-error the asynchronous half has to return a promise
  dual({ sync: () => 1, async: () => 1 })
})

it('gives a call that has not begun where a form is left out', () => {
  expectTypeOf(tasks.fetchText('')).toEqualTypeOf<DualCall<string>>()
  expectTypeOf(tasks.now()).toEqualTypeOf<DualCall<number>>()
  expectTypeOf(tasks.overloaded('a')).toEqualTypeOf<DualCall<string>>()
  expectTypeOf(tasks.overloaded(1)).toEqualTypeOf<DualCall<number>>()
  expectTypeOf(tasks.fetchText.with({ timeout: 1 })('')).toEqualTypeOf<DualCall<string>>()
  expectTypeOf(tasks.lines('')).toEqualTypeOf<DualCall<Stream<string, number, boolean>>>()
  expectTypeOf<Awaited<DualCall<string>>>().toEqualTypeOf<string>()
  // @ts-expect-error wrong argument
  tasks.fetchText(1)
  // @ts-expect-error it may be run while its thread is blocked
  tasks.each([], async () => 1)
})

it('types a generator function through', () => {
  const readText = dual({ sync: (path: string) => path, async: async (path: string) => path })
  const lengthOf = dual(function* (path: string, more?: number) {
    const text = yield* readText(path)
    expectTypeOf(text).toEqualTypeOf<string>()
    const [left, right, pair] = yield* gather([readText('left'), tasks.now(), gather([tasks.now.submit()])])
    expectTypeOf(left).toEqualTypeOf<string>()
    expectTypeOf(right).toEqualTypeOf<number>()
    expectTypeOf(pair).toEqualTypeOf<[number]>()
    expectTypeOf(yield* tasks.fetchText.submit('')).toEqualTypeOf<string>()
    expectTypeOf(yield Promise.resolve(1)).toEqualTypeOf<unknown>()
    return text.length + (more ?? 0)
  })
  expectTypeOf(lengthOf).toEqualTypeOf<Dual<(path: string, more?: number) => Promise<number>>>()
  expectTypeOf(lengthOf.sync).toEqualTypeOf<(path: string, more?: number) => number>()
  const outer = dual(function* () {
    const length = yield* lengthOf('a')
    expectTypeOf(length).toEqualTypeOf<number>()
    return length > 1 ? readText('b') : undefined
  })
  expectTypeOf(outer.sync).toEqualTypeOf<() => string | undefined>()
  // @ts-expect-error wrong argument
  lengthOf(1)
  // @ts-expect-error what is yielded has to be a call
  dual(function* () {
    yield 5
  })
  // @ts-expect-error not a generator function
  dual(async () => 1)
  // @ts-expect-error nor is this
  dual(async function* () {
    yield 5
  })
})

it('types a gather of calls as a call', () => {
  expectTypeOf(gather([tasks.fetchText(''), tasks.now.submit()])).toEqualTypeOf<DualCall<[string, number]>>()
  expectTypeOf(gather(['a'].map((url) => tasks.fetchText(url)))).toEqualTypeOf<DualCall<string[]>>()
  expectTypeOf(gather([tasks.now()], { limit: 1 })).toEqualTypeOf<DualCall<[number]>>()
  expectTypeOf(gather([tasks.now()], { returnExceptions: true })).toEqualTypeOf<
    DualCall<[PromiseSettledResult<number>]>
  >()
})

it('knows the ways of output, and what is traced', () => {
  startLoop({ ...options, output: 'relay' })
  // @ts-expect-error there is no such way
  startLoop({ ...options, output: 'pipe' })
  expectTypeOf<CallTrace['mode']>().toEqualTypeOf<'sync' | 'async' | 'submit'>()
  expectTypeOf<CallTrace['loop']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<LoopExitEvent['exitCode']>().toEqualTypeOf<number | undefined>()
})

it('takes storages of any type as context, and gives it to a task as what it says', () => {
  const requestId = new AsyncLocalStorage<string>()
  startLoop({ ...options, context: { requestId, user: new AsyncLocalStorage<{ name: string } | undefined>() } })
  // @ts-expect-error not a storage
  startLoop({ ...options, context: { requestId: 'r-1' } })
  expectTypeOf(getCall().context).toEqualTypeOf<Readonly<Record<string, unknown>>>()
  expectTypeOf(getCall<{ readonly requestId?: string }>().context.requestId).toEqualTypeOf<string | undefined>()
})

it('leases the kind of loop that is shared', () => {
  expectTypeOf(shareLoop(options).lease()).toEqualTypeOf<LoopLease<Loop>>()
  interface Named extends Loop {
    readonly purpose: string
  }
  expectTypeOf(shareLoop(() => startLoop(options) as Named).lease().loop.purpose).toEqualTypeOf<string>()
  // @ts-expect-error starts no loop
  shareLoop(() => 7)
})

it('has pools that are used like loops', () => {
  const pool = startPool({ ...options, size: 2, concurrency: Number.POSITIVE_INFINITY, maxQueue: 0 })
  expectTypeOf(pool).toEqualTypeOf<Pool>()
  expectTypeOf(pool).toExtend<Loop>()
  expectTypeOf(pool.load<Module>('./tasks.js')).toEqualTypeOf(tasks)
  expectTypeOf(shareLoop(() => pool).lease().loop.size).toEqualTypeOf<number>()
  // @ts-expect-error a loop has no size
  startLoop({ ...options, size: 2 })
})
