import {
  AbortError,
  DeadlockError,
  LoopExitError,
  LoopStoppedError,
  SerializationError,
  TimeoutError,
} from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, type CaseContext, type Needs, ownRealm } from '../case.ts'
import { conversation, empty, plainConversation, readJournal, stubborn } from '../fixtures/tasks.js'
import { type Mode, modes } from '../modes.ts'
import { randomNumbers } from '../random-numbers.ts'
import { loadTasks, startTasks } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

const needs: Needs = { streams: true }

type AnyGenerator = AsyncGenerator<unknown, unknown, unknown> | Generator<unknown, unknown, unknown>

interface Streaming {
  // biome-ignore lint/suspicious/noExplicitAny: whatever the generator's parameters are
  sync(...args: any[]): Generator<any, any, any>
  // biome-ignore lint/suspicious/noExplicitAny: the same
  async(...args: any[]): AsyncGenerator<any, any, any>
  // biome-ignore lint/suspicious/noExplicitAny: the same
  submit(...args: any[]): { result(): { [Symbol.iterator](): Generator<any, any, any> } }
}

type StepResult = IteratorResult<unknown, unknown>

/** A stream, step by step, each of them started from a macrotask. */
class Steps {
  readonly generator: AnyGenerator

  constructor(generator: AnyGenerator) {
    this.generator = generator
  }

  next(value?: unknown): Promise<StepResult> {
    return blocking<StepResult>(() => this.generator.next(value))
  }

  return(value?: unknown): Promise<StepResult> {
    return blocking<StepResult>(() => this.generator.return(value))
  }

  throw(reason?: unknown): Promise<StepResult> {
    return blocking<StepResult>(() => this.generator.throw(reason))
  }
}

async function open(dual: Streaming, mode: Mode, ...args: readonly unknown[]): Promise<Steps> {
  return await blocking(() => new Steps(openNow(dual, mode, ...args)))
}

/** Opens a stream in the given mode; that of `submit` is iterated over by a plain `for`. */
function openNow(dual: Streaming, mode: Mode, ...args: readonly unknown[]): AnyGenerator {
  if (mode === 'sync') return dual.sync(...args)
  if (mode === 'async') return dual.async(...args)
  return dual
    .submit(...args)
    .result()
    [Symbol.iterator]()
}

function inEachMode(
  name: string,
  run: (context: CaseContext, mode: Mode) => Promise<void>,
  more: Needs = {},
): readonly Case[] {
  return modes.map((mode) => ({
    name: `streams: ${name} (${mode})`,
    needs: { ...needs, ...more },
    run: (context) => run(context, mode),
  }))
}

interface Collected {
  readonly items: unknown[]
  readonly returned: unknown
}

async function collect({ generator }: { readonly generator: AnyGenerator }): Promise<Collected> {
  if (Symbol.iterator in generator && !(Symbol.asyncIterator in generator)) {
    return await blocking(() => collectNow(generator))
  }
  const items: unknown[] = []
  for (;;) {
    const { done, value } = await generator.next()
    if (done) return { items, returned: value }
    items.push(value)
  }
}

function collectNow(generator: Generator<unknown, unknown, unknown>): Collected {
  const items: unknown[] = []
  for (;;) {
    const { done, value } = generator.next()
    if (done) return { items, returned: value }
    items.push(value)
  }
}

/** One thing done to a generator, and what came of it, in a form that can be compared. */
type Script = readonly (readonly [method: 'next' | 'return' | 'throw', value?: unknown])[]

async function play(generator: AnyGenerator | Steps, script: Script): Promise<unknown[]> {
  const outcomes: unknown[] = []
  for (const [method, value] of script) {
    try {
      outcomes.push(await (value === undefined ? generator[method](undefined) : generator[method](value)))
    } catch (error) {
      outcomes.push(error instanceof Error ? [error.name, error.message, (error.cause as Error)?.message] : error)
    }
  }
  return outcomes
}

const boom = new RangeError('boom')

const scripts: Readonly<Record<string, Script>> = {
  'to the end and past it': [...Array.from({ length: 8 }, (): Script[number] => ['next'])],
  'return before the first next': [['return', 'early'], ['next'], ['next']],
  'throw before the first next': [['throw', boom], ['next']],
  'return in the middle': [['next'], ['next'], ['return', 'enough'], ['next'], ['return', 'again'], ['throw', boom]],
  'throw in the middle': [['next'], ['throw', boom], ['next'], ['throw', boom], ['next'], ['return', 1]],
  'throw again and again': [['next'], ['throw', boom], ['throw', boom], ['throw', boom], ['next']],
}
const carrying: Readonly<Record<string, Script>> = {
  'values by next': [
    ['next', 'ignored'],
    ['next', 'a'],
    ['next', { b: 1 }],
    ['next'],
    ['next', null],
    ['next', 5],
    ['next'],
  ],
}
const locals = { conversation, plainConversation, stubborn, empty }
const generators = ['conversation', 'plainConversation', 'stubborn', 'empty'] as const

export const streams: readonly Case[] = [
  ...generators.flatMap((name) =>
    Object.entries({ ...scripts, ...carrying }).flatMap(([what, script]) =>
      inEachMode(`${name} behaves as a local generator, one step at a time: ${what}`, async (context, mode) => {
        const tasks = startTasks(context)
        readJournal()
        const expected = await play(locals[name](), script)
        assert.deepEqual(await play(await open(tasks[name].with({ readAhead: 0 }), mode), script), expected)
        assert.deepEqual(await blocking(() => tasks.readJournal.sync()), readJournal(), 'what it did on the loop')
      }),
    ),
  ),
  // With read-ahead a `throw` finds the generator further on; all else is as with a local one.
  ...[1, 2, 256].flatMap((readAhead) =>
    [
      'to the end and past it',
      'return before the first next',
      'throw before the first next',
      'return in the middle',
    ].map(
      (what): Case => ({
        name: `streams: as a local generator with a read-ahead of ${readAhead}: ${what}`,
        needs,
        async run(context) {
          const tasks = startTasks(context)
          const script = scripts[what] ?? []
          for (const name of ['conversation', 'plainConversation', 'empty'] as const) {
            for (const mode of modes) {
              const expected = await play(locals[name](), script)
              assert.deepEqual(await play(await open(tasks[name].with({ readAhead }), mode), script), expected, name)
            }
          }
        },
      }),
    ),
  ),
  ...inEachMode('every item comes once, in order, and then the return value', async (context, mode) => {
    const tasks = startTasks(context)
    const { items, returned } = await collect(await open(tasks.countTo, mode, 10_000))
    assert.lengthOf(items, 10_000)
    assert.isTrue(items.every((item, index) => item === index + 1))
    assert.isUndefined(returned)
    assert.deepEqual(await collect(await open(tasks.empty, mode)), { items: [], returned: 'nothing to say' })
  }),
  {
    name: 'streams: iterated over by for, for await, spread and destructuring',
    needs,
    async run(context) {
      const { countTo } = startTasks(context)
      const seen: number[] = []
      for (const value of countTo.sync(3)) seen.push(value)
      for await (const value of countTo.async(3)) seen.push(value)
      seen.push(...(await blocking(() => [...countTo.submit(3).result()])))
      for await (const value of await countTo.submit(3)) seen.push(value)
      assert.deepEqual(seen, [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
      assert.deepEqual(await blocking(() => [...countTo.sync(3)]), [1, 2, 3])
      const firstTwo = await blocking(() => {
        const [first, second] = countTo.sync(1_000_000)
        return [first, second]
      })
      assert.deepEqual(firstTwo, [1, 2])
      const generator = await blocking(() => countTo.sync(1))
      assert.strictEqual(generator[Symbol.iterator](), generator)
      assert.equal(String(generator), '[object Generator]')
    },
  },
  ...inEachMode('a task that answers with a generator later is one, too', async (context, mode) => {
    const { makeGenerator } = startTasks(context)
    const { items } = await collect(await open(makeGenerator as unknown as Streaming, mode, 3))
    assert.deepEqual(items, [1, 2, 3])
  }),
  {
    name: 'streams: the promise of one gives it, and that of anything else cannot be iterated over',
    needs,
    async run(context) {
      const { countTo, echo } = startTasks(context)
      assert.deepEqual(await collect({ generator: await countTo.async(2) }), { items: [1, 2], returned: undefined })
      const error = await rejection((echo.async('text') as unknown as AsyncGenerator).next())
      assert.instanceOf(error, TypeError)
      assert.match(error.message, /generator/)
    },
  },
  {
    name: 'streams: break has run the finally block on the loop before it goes on',
    needs,
    async run(context) {
      const { endless, readJournal } = startTasks(context)
      for (const value of endless.sync()) if (value === 300) break
      assert.deepEqual(readJournal.sync(), ['endless over'])
      for await (const value of endless.async()) if (value >= 900) break
      assert.deepEqual(await blocking(() => readJournal.sync()), ['endless over'])
      await blocking(() =>
        assert.throws(() => {
          for (const _ of endless.sync()) throw new RangeError('out')
        }, 'out'),
      )
      assert.deepEqual(await blocking(() => readJournal.sync()), ['endless over'])
    },
  },
  ...inEachMode('what it throws comes after what it yielded before, with its class', async (context, mode) => {
    const tasks = startTasks(context)
    for (const readAhead of [0, 1, 256]) {
      const theReader = (): Steps => new Steps(openNow(tasks.throwAfter.with({ readAhead }), mode, 3, 'subclass'))
      const generator = await blocking(theReader)
      const outcomes = await play(generator, [['next'], ['next'], ['next']])
      assert.deepEqual(
        outcomes,
        [1, 2, 3].map((value) => ({ value, done: false })),
      )
      const error = await rejection((async () => generator.next())())
      assert.instanceOf(error, TypeError)
      assert.propertyVal(error, 'code', 'ERR_TEAPOT')
      assert.match(String(error.stack), /\bthrowAfter\b[\s\S]*\btheReader\b/)
      assert.notMatch(String(error.stack), /ambisync host/)
      assert.deepEqual(await generator.next(), { value: undefined, done: true })
    }
  }),
  ...inEachMode('throwing undefined is throwing', async (context, mode) => {
    const { throwAfter } = startTasks(context)
    const generator = await open(throwAfter, mode, 0, 'undefined')
    assert.strictEqual(await rejection((async () => generator.next())()), undefined)
  }),
  {
    name: 'streams: steps that are asked for at the same time are done in order',
    needs,
    async run(context) {
      const { countTo, conversation } = startTasks(context)
      for (const readAhead of [0, 1, 256]) {
        const numbers = countTo.with({ readAhead }).async(2)
        const results = await Promise.all([numbers.next(), numbers.next(), numbers.next(), numbers.next()])
        assert.deepEqual(
          results.map(({ value }) => value),
          [1, 2, undefined, undefined],
        )
        const talk = conversation.with({ readAhead }).async()
        const closed = await Promise.all([talk.next(), talk.return('over'), talk.next()])
        assert.deepEqual(closed as unknown[], [
          { value: 'heard nothing', done: false },
          { value: 'over', done: true },
          { value: undefined, done: true },
        ])
      }
    },
  },
  ...inEachMode(
    'with read-ahead next() cannot carry a value, and says which option it takes',
    async (context, mode) => {
      const generator = await open(startTasks(context).conversation, mode)
      await generator.next()
      const error = await rejection((async () => generator.next('lost?'))())
      assert.instanceOf(error, TypeError)
      assert.match(error.message, /conversation.*readAhead: 0/)
      assert.deepEqual(await generator.next(), { value: 'heard undefined', done: false })
      await generator.return(undefined)
    },
  ),
  {
    name: 'streams: readAhead has to be a whole number',
    needs: {},
    async run(context) {
      const { countTo, echo } = startTasks(context)
      for (const readAhead of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
        assert.throws(() => countTo.with({ readAhead }), RangeError, 'readAhead')
      assert.throws(() => countTo.with({ readAhead: '1' as never }), TypeError, 'readAhead')
      assert.equal(echo.sync('next'), 'next')
    },
  },
  ...inEachMode(
    'an endless generator that is read slowly runs ahead by so much and no further',
    async (context, mode) => {
      const { endless, countProduced, later } = startTasks(context)
      for (const readAhead of [0, 1, 10, 256]) {
        const before = await blocking(() => countProduced.sync())
        const generator = await open(endless.with({ readAhead }), mode)
        for (let step = 1; step <= 5; step++) {
          await generator.next()
          // It has had every chance to run on.
          await later.async(2)
        }
        const ahead = (await blocking(() => countProduced.sync())) - before - 5
        assert.isAtLeast(ahead, 0)
        assert.isAtMost(ahead, readAhead)
        await generator.return(undefined)
      }
    },
  ),
  {
    name: 'streams: bytes and text count by their size in the read-ahead',
    needs,
    async run(context) {
      const { endlessBytes, countProduced, later } = startTasks(context)
      const generator = endlessBytes.sync(1024 * 1024)
      assert.deepEqual(generator.next().value, new Uint8Array(1024 * 1024).fill(1))
      later.sync(20)
      assert.isAtMost(countProduced.sync(), 2)
      assert.equal(generator.next().value?.[0], 2)
      generator.return()
    },
  },
  {
    name: 'streams: 200 MB in large chunks come through',
    needs,
    async run(context) {
      const size = 10 * 1024 * 1024
      let n = 0
      for (const chunk of startTasks(context).chunks.sync(20, size)) {
        assert.lengthOf(chunk, size)
        assert.strictEqual(chunk[size - 1], n++)
      }
      assert.equal(n, 20)
    },
  },
  {
    name: 'streams: several of one loop are read in turns, and calls between them',
    needs,
    async run(context) {
      const { countTo, echo } = startTasks(context)
      const generators = [countTo.sync(500), countTo.sync(500), countTo.submit(500).result()[Symbol.iterator]()]
      for (let value = 1; value <= 500; value++) {
        for (const generator of generators) assert.equal(generator.next().value, value)
        assert.equal(echo.sync(value), value)
      }
    },
  },
  {
    name: 'streams: a callback of theirs is called for as long as they last',
    needs: { ...needs, callbacks: true },
    async run(context) {
      const tasks = startTasks(context)
      for (const isBlocking of [false, true]) {
        for (const readAhead of [0, 1, 256]) {
          const double = (value: number): number => value * 2
          const { mapLazily } = tasks
          assert.deepEqual(
            await blocking(() => [...mapLazily.with({ readAhead }).sync(3, double, isBlocking)]),
            [2, 4, 6],
          )
          const items: unknown[] = []
          for await (const item of mapLazily.with({ readAhead }).async(3, double, isBlocking)) items.push(item)
          assert.deepEqual(items, [2, 4, 6])
        }
      }
    },
  },
  {
    name: 'streams: a step inside a callback that the loop is blocked for is a DeadlockError, and the stream goes on',
    needs: { ...ownRealm, ...needs, callbacks: true },
    async run(context) {
      const { countTo, mapSync } = startTasks(context)
      const numbers = countTo.sync(1_000)
      const error = thrown(() => mapSync.sync([1], () => numbers.next()))
      assert.instanceOf(error, DeadlockError)
      assert.deepEqual([...numbers].slice(0, 2), [1, 2])
    },
  },
  ...inEachMode(
    'an item that cannot be sent closes the generator, and names its path',
    async (context, mode) => {
      const tasks = startTasks(context)
      for (const readAhead of [0, 256]) {
        const generator = await open(tasks.yieldFunction.with({ readAhead }), mode)
        assert.deepEqual(await generator.next(), { value: { fine: true }, done: false })
        const error = await rejection((async () => generator.next())())
        assert.instanceOf(error, SerializationError)
        assert.match(error.message, /yieldFunction.*item\.list\[1\]\.save is a function/)
        assert.deepEqual(await blocking(() => tasks.readJournal.sync()), ['told that it cannot be sent'])
        assert.deepEqual(await generator.next(), { value: undefined, done: true })
      }
    },
    ownRealm,
  ),
  ...inEachMode(
    'what cannot be sent to it is refused, and it goes on',
    async (context, mode) => {
      const generator = await open(startTasks(context).conversation.with({ readAhead: 0 }), mode)
      await generator.next()
      const error = await rejection((async () => generator.next({ save: () => {} }))())
      assert.instanceOf(error, SerializationError)
      assert.match(error.message, /value\.save is a function/)
      assert.deepEqual(await generator.next('this'), { value: 'heard this', done: false })
      await generator.return(undefined)
    },
    ownRealm,
  ),
  ...inEachMode(
    'what structured clone gets wrong is put right in items, results and what is sent',
    async (context, mode) => {
      const tasks = startTasks(context)
      const values = [new URL('https://example.org/'), { error: new RangeError('inner') }, undefined, Number.NaN]
      for (const readAhead of [0, 256]) {
        const { items, returned } = await collect(await open(tasks.yieldValues.with({ readAhead }), mode, ...values))
        assert.instanceOf(items[0], URL)
        assert.instanceOf((items[1] as { error: unknown }).error, RangeError)
        assert.deepEqual(items.slice(2), [undefined, Number.NaN])
        assert.instanceOf(returned, URL)
      }
    },
  ),
  ...inEachMode(
    "a generator that waits for ever is cut short by its call's signal when it is closed",
    async (context, mode) => {
      const tasks = startTasks(context)
      const generator = await open(tasks.stall, mode)
      assert.deepEqual(await generator.next(), { value: 'first', done: false })
      // By now it has run ahead to what never comes.
      await tasks.later.async(5)
      assert.deepEqual(await generator.return('closed'), { value: 'closed', done: true })
      assert.deepEqual(await blocking(() => tasks.readJournal.sync()), ['AbortError', 'stall over'])
    },
  ),
  ...inEachMode('the time limit covers the whole of it', async (context, mode) => {
    const tasks = startTasks(context)
    tasks.echo.sync()
    const generator = await open(tasks.stall.with({ timeout: 500 }), mode)
    assert.deepEqual(await generator.next(), { value: 'first', done: false })
    const error = await rejection((async () => generator.next())())
    assert.instanceOf(error, TimeoutError)
    assert.match(error.message, /stall.*500 ms/)
    assert.deepEqual(await generator.next(), { value: undefined, done: true })
    while ((await blocking(() => tasks.readJournal.sync())).length === 0) await tasks.later.async(1)
  }),
  {
    name: "streams: the caller's signal aborts it between two steps and within one",
    needs,
    async run(context) {
      const tasks = startTasks(context)
      const between = new AbortController()
      const numbers = tasks.endless.with({ signal: between.signal }).sync()
      numbers.next()
      between.abort('enough')
      const error = thrown(() => numbers.next())
      assert.instanceOf(error, AbortError)
      assert.propertyVal(error, 'cause', 'enough')
      assert.deepEqual(numbers.next(), { value: undefined, done: true })
      while (tasks.readJournal.sync().length === 0) tasks.later.sync(1)
      const within = new AbortController()
      const stalled = tasks.stall.with({ signal: within.signal }).async()
      await stalled.next()
      const step = rejection(stalled.next())
      within.abort(new RangeError('within'))
      assert.instanceOf(((await step) as Error).cause, RangeError)
    },
  },
  {
    name: 'streams: a generator that was cancelled before its call was answered never runs',
    needs,
    async run(context) {
      const { countTo, later } = startTasks(context)
      const future = countTo.submit(3)
      assert.isTrue(future.cancel())
      assert.instanceOf(
        thrown(() => future.result()),
        AbortError,
      )
      assert.equal(later.sync(1, 'next'), 'next')
    },
  },
  ...inEachMode(
    'the death of the loop comes after the items that were sent before it',
    async (context, mode) => {
      const { dieAfter, echo } = startTasks(context)
      const generator = await open(dieAfter, mode, 3)
      const outcomes = await play(generator, [['next'], ['next'], ['next']])
      assert.deepEqual(
        outcomes,
        [1, 2, 3].map((value) => ({ value, done: false })),
      )
      const error = await rejection((async () => generator.next())())
      assert.instanceOf(error, LoopExitError)
      assert.equal(error.exitCode, 7)
      assert.deepEqual(await generator.next(), { value: undefined, done: true })
      assert.equal(await blocking(() => echo.sync('fresh')), 'fresh')
    },
    { survives: ['exit'] },
  ),
  ...[0, 256].map(
    (readAhead): Case => ({
      name: `streams: stopping the loop closes those that are open, and their readers are told (readAhead: ${readAhead})`,
      needs,
      async run(context) {
        for (const mode of modes) {
          const loop = context.startLoop()
          const generator = await open(loadTasks(loop).conversation.with({ readAhead }), mode)
          await generator.next()
          await blocking(() => loop.stopSync())
          const outcomes = await play(generator, [['next'], ['next'], ['next'], ['next'], ['next'], ['next'], ['next']])
          assert.deepInclude(outcomes, { value: undefined, done: true })
          // It may have run ahead to its very end.
          const told = outcomes.some((each) => Array.isArray(each) && each[0] === 'LoopStoppedError')
          const ended = outcomes.some((each) => (each as { value?: unknown }).value === '5 steps')
          assert.isTrue(told !== ended, JSON.stringify(outcomes))
          if (readAhead === 0) assert.isTrue(told)
        }
      },
    }),
  ),
  {
    name: 'streams: a step that is under way is waited for by stop',
    needs,
    async run(context) {
      const loop = context.startLoop()
      const { onDemand } = loadTasks(loop)
      const generator = onDemand.with({ readAhead: 0 }).async(['a', 'b'])
      await generator.next()
      const step = generator.next()
      await loop.stop()
      assert.deepEqual(await step, { value: 'b', done: false })
      assert.instanceOf(await rejection(generator.next()), LoopStoppedError)
    },
  },
  {
    name: 'streams: disposing of the loop, or of the generator, ends them',
    needs,
    async run(context) {
      const loop = context.startLoop()
      const tasks = loadTasks(loop)
      const closed = tasks.endless.async()
      await closed.next()
      await closed[Symbol.asyncDispose]()
      assert.deepEqual(await blocking(() => tasks.readJournal.sync()), ['endless over'])
      const left = await open(tasks.endless, 'sync')
      await left.next()
      loop[Symbol.dispose]()
      const outcomes = await play(left, [['next'], ['next']])
      assert.equal((outcomes[0] as readonly unknown[])[0], 'AbortError')
      assert.deepEqual(outcomes[1], { value: undefined, done: true })
    },
  },
  {
    name: 'streams: every step is a part of the call',
    needs,
    async run(context) {
      const { callIds } = startTasks(context)
      for (const readAhead of [0, 256]) {
        const { items, returned } = await collect({ generator: callIds.with({ readAhead }).async() })
        assert.deepEqual(items, [returned, returned])
      }
    },
  },
  {
    name: 'streams: many at once, each with its own items',
    needs,
    async run(context) {
      const { countTo, onDemand } = startTasks(context)
      const reads = Array.from({ length: 50 }, async (_, index) => {
        const items = Array.from({ length: index }, (_, item) => `${index}.${item}`)
        const read = await collect({ generator: onDemand.with({ readAhead: index % 4 }).async(items) })
        assert.deepEqual(read.items, items)
        assert.lengthOf((await collect({ generator: countTo.async(index * 20) })).items, index * 20)
      })
      await Promise.all(reads)
    },
  },
  {
    name: 'streams: whatever is done to it one step at a time, it is as a local generator',
    needs,
    async run(context) {
      const tasks = startTasks(context)
      const random = randomNumbers(7)
      // Kept until the end: those that are collected half-way are closed, and note it in the journal whenever that is.
      const opened: unknown[] = []
      for (let round = 0; round < 60; round++) {
        const name = generators[random(generators.length)] ?? 'stubborn'
        const script = Array.from({ length: 1 + random(10) }, (): Script[number] => {
          const method = (['next', 'next', 'next', 'return', 'throw'] as const)[random(5)] ?? 'next'
          return [method, method === 'throw' ? new Error(`thrown ${random(100)}`) : random(100)]
        })
        readJournal()
        const expected = await play(locals[name](), script)
        const journal = readJournal()
        for (const mode of modes) {
          const what = `${name} (${mode}): ${JSON.stringify(script)}`
          const remote = await open(tasks[name].with({ readAhead: 0 }), mode)
          opened.push(remote)
          assert.deepEqual(await play(remote, script), expected, what)
          assert.deepEqual(await blocking(() => tasks.readJournal.sync()), journal, what)
        }
      }
      assert.equal(opened.length, 60 * modes.length)
    },
  },
  ...[0, 1, 256].flatMap((readAhead): readonly Case[] => [
    {
      name: `streams: an item that cannot be sent ends it, also where others come after it (readAhead: ${readAhead})`,
      needs: { ...needs, ...ownRealm },
      async run(context) {
        const { yieldFunctionAmongOthers } = startTasks(context)
        const outcomes = await play(await open(yieldFunctionAmongOthers.with({ readAhead }), 'sync'), [
          ['next'],
          ['next'],
          ['next'],
        ])
        assert.deepEqual(outcomes[0], { value: 1, done: false })
        assert.equal((outcomes[1] as readonly unknown[])[0], 'SerializationError')
        assert.deepEqual(outcomes[2], { value: undefined, done: true })
      },
    },
    {
      name: `streams: an item is what it was when it was yielded, also if its object is used again (readAhead: ${readAhead})`,
      needs: { ...needs, ...ownRealm },
      async run(context) {
        const { reuse, reusePlain } = startTasks(context)
        let n = 0
        for (const item of reuse.with({ readAhead }).sync(20)) {
          n++
          assert.deepEqual(item, { n, bytes: new Uint8Array([n]), list: [[n]] })
        }
        for (const item of reusePlain.with({ readAhead }).sync(20)) assert.equal(item.n, item.list[0]?.[0])
        assert.deepEqual(
          [...reusePlain.with({ readAhead }).sync(20)].map((item) => item.n),
          Array.from({ length: 20 }, (_, index) => index + 1),
        )
      },
    },
    {
      name: `streams: what was yielded before its thread is blocked for a callback has been sent (readAhead: ${readAhead})`,
      needs: { ...ownRealm, ...needs, callbacks: true },
      async run(context) {
        const { yieldThenAsk } = startTasks(context)
        const consumed: number[] = []
        const waiting: (() => void)[] = []
        // The callback returns when its item has been consumed.
        const f = (value: number): Promise<void> =>
          new Promise((resolve) => {
            waiting[value] = resolve
            if (consumed.includes(value)) resolve()
          })
        for await (const value of yieldThenAsk.with({ readAhead }).async(f)) {
          consumed.push(value)
          waiting[value]?.()
        }
        assert.deepEqual(consumed, [1, 2, 3])
      },
    },
    {
      name: `streams: a step that would deadlock takes nothing away (readAhead: ${readAhead})`,
      needs: { ...ownRealm, ...needs, callbacks: true },
      async run(context) {
        const { countTo, mapSync } = startTasks(context)
        const numbers = countTo.with({ readAhead }).sync(5)
        assert.equal(numbers.next().value, 1)
        mapSync.sync([1], () => {
          if (readAhead < 2)
            assert.instanceOf(
              thrown(() => numbers.next() && numbers.next()),
              DeadlockError,
            )
          return 0
        })
        const left = [...numbers]
        assert.deepEqual(left, left.length === 4 ? [2, 3, 4, 5] : [3, 4, 5])
      },
    },
    {
      name: `streams: a plain generator that is cancelled while it blocks runs its finally block (readAhead: ${readAhead})`,
      needs: { ...needs, callbacks: true },
      async run(context) {
        const { plainAsk, readJournal, later } = startTasks(context)
        const controller = new AbortController()
        const generator = plainAsk.with({ readAhead, signal: controller.signal }).sync(() => controller.abort())
        assert.equal(generator.next().value, 1)
        assert.instanceOf(
          thrown(() => generator.next()),
          AbortError,
        )
        while (readJournal.sync().length === 0) later.sync(1)
      },
    },
    {
      name: `streams: a promise that a plain generator yields is refused, and its rejection ends nobody (readAhead: ${readAhead})`,
      needs: { ...needs, ...ownRealm },
      async run(context) {
        const { yieldPromise, count } = startTasks(context)
        count.sync()
        const outcomes = await play(await open(yieldPromise.with({ readAhead }), 'sync'), [
          ['next'],
          ['next'],
          ['next'],
        ])
        assert.equal((outcomes[1] as readonly unknown[])[0], 'SerializationError')
        assert.equal(await blocking(() => count.sync()), 2, 'it is the same loop')
      },
    },
    {
      name: `streams: return() of a promise waits for it in its turn, as a local AsyncGenerator (readAhead: ${readAhead})`,
      needs,
      async run(context) {
        const tasks = startTasks(context)
        const script = async (generator: AsyncGenerator<unknown, unknown, unknown>): Promise<unknown[]> => {
          await generator.next()
          const steps = [generator.next(), generator.return(Promise.resolve('v')), generator.next()]
          return await Promise.all(steps)
        }
        const reject = async (generator: AsyncGenerator<unknown, unknown, unknown>): Promise<unknown[]> => {
          await generator.next()
          const error = await rejection(generator.return(Promise.reject(new Error('x'))))
          return [String(error), await generator.next()]
        }
        for (const run of [script, reject]) {
          assert.deepEqual(await run(tasks.conversation.with({ readAhead }).async()), await run(conversation()))
        }
      },
    },
    {
      name: `streams: what was yielded before the loop ends itself has been sent (readAhead: ${readAhead})`,
      needs: { ...needs, survives: ['exit'] },
      async run(context) {
        const { exitAfter } = startTasks(context)
        const seen: number[] = []
        const error = thrown(() => {
          for (const value of exitAfter.with({ readAhead }).sync(3)) seen.push(value)
        })
        assert.instanceOf(error, LoopExitError)
        assert.deepEqual(seen, [1, 2, 3])
      },
    },
  ]),
  {
    name: 'streams: a refused return changes nothing',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const generator = startTasks(context).countTo.sync(1_000)
      generator.next()
      assert.instanceOf(
        thrown(() => generator.return((() => {}) as never)),
        SerializationError,
      )
      assert.equal(generator.next().value, 2)
      generator.return()
    },
  },
  {
    name: 'streams: after a call that failed it is a generator that has thrown',
    needs,
    async run(context) {
      const { throwNow } = startTasks(context)
      const generator = throwNow.async('rangeError') as unknown as AsyncGenerator
      assert.instanceOf(await rejection(generator.next()), RangeError)
      assert.deepEqual(await generator.next(), { value: undefined, done: true })
      assert.deepEqual(await generator.return('over'), { value: 'over', done: true })
    },
  },
  {
    name: 'streams: a step that was asked for before the call was answered is waited for by stop',
    needs,
    async run(context) {
      const loop = context.startLoop()
      const step = loadTasks(loop).countTo.async(3).next()
      await loop.stop()
      assert.deepEqual(await step, { value: 1, done: false })
    },
  },
]
