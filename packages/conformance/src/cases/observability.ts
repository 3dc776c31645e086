import {
  AbortError,
  type CallTrace,
  dual,
  type LoopExitEvent,
  type LoopStartEvent,
  SerializationError,
  TimeoutError,
} from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import { type Case, ownRealm } from '../case.ts'
import { call, inEachMode, type Mode, outcomeOf, thrownBy } from '../modes.ts'
import { loadTasks, startTasks } from '../tasks.ts'

/** Undefined on a runtime without Node's diagnostics channels: nobody can listen there, and the same calls work. */
const diagnostics = globalThis.process?.getBuiltinModule?.('node:diagnostics_channel')

const eventNames = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const
type EventName = (typeof eventNames)[number]

interface TraceEvent {
  readonly event: EventName
  readonly trace: CallTrace
  /** As it was at this event. */
  readonly seen: CallTrace
}

/** Listens to calls while `run` runs. What is listened to is what `run` is given; nothing where nobody can listen. */
async function traced(
  run: (events: TraceEvent[]) => Promise<void>,
  onEvent = (_event: TraceEvent): void => {},
): Promise<void> {
  const events: TraceEvent[] = []
  const channel = diagnostics?.tracingChannel('ambisync.call')
  const subscribers = eventNames.map((event) => {
    const listener = (message: unknown): void => {
      const trace = message as CallTrace
      const happened = { event, trace, seen: { ...trace } }
      events.push(happened)
      onEvent(happened)
    }
    channel?.[event].subscribe(listener)
    return () => channel?.[event].unsubscribe(listener)
  })
  try {
    await run(events)
  } finally {
    for (const unsubscribe of subscribers) unsubscribe()
  }
}

/** Asserts what has been told; where nobody can listen, that nothing was. */
function assertEvents(events: readonly TraceEvent[], expected: readonly EventName[]): void {
  assert.deepEqual(
    events.map(({ event }) => event),
    diagnostics === undefined ? [] : expected,
  )
}

function eventsOf(mode: Mode, outcome: 'return' | 'throw'): readonly EventName[] {
  if (mode === 'sync') return outcome === 'return' ? ['start', 'end'] : ['start', 'error', 'end']
  return outcome === 'return'
    ? ['start', 'end', 'asyncStart', 'asyncEnd']
    : ['start', 'end', 'error', 'asyncStart', 'asyncEnd']
}

/** The messages of one of the loops' channels while `run` runs. */
async function loopEvents<T>(name: string, run: (messages: T[]) => Promise<void>): Promise<void> {
  const messages: T[] = []
  const listener = (message: unknown): unknown => messages.push(message as T)
  diagnostics?.subscribe(name, listener)
  try {
    await run(messages)
  } finally {
    diagnostics?.unsubscribe(name, listener)
  }
}

export const observability: readonly Case[] = [
  ...inEachMode('observability: a call tells when it begins, ends, and what of', {}, async (context, mode) => {
    const { add } = loadTasks(context.startLoop({ name: 'traced loop' }))
    await traced(async (events) => {
      assert.equal(await call(add, mode, 1, 2), 3)
      assertEvents(events, eventsOf(mode, 'return'))
      const [start] = events
      const last = events.at(-1)
      if (start === undefined || last === undefined) return
      const { id, ...about } = start.seen
      assert.deepEqual(about, { task: 'add', mode, loop: 'traced loop', adapter: context.adapter.name })
      assert.isTrue(
        events.every(({ trace }) => trace === start.trace),
        'one object for all events',
      )
      assert.equal(last.seen.result, 3)
      assert.notProperty(last.seen, 'error')
      assert.isAtLeast(last.seen.duration ?? Number.NaN, 0)
      await call(add, mode, 1, 2)
      assert.notEqual(events.at(-1)?.seen.id, id)
      assert.isString(id)
    })
  }),
  ...inEachMode('observability: a call that fails tells its error, the very one', {}, async (context, mode) => {
    const { throwLater } = startTasks(context)
    for (const what of ['typeError', 'undefined']) {
      await traced(async (events) => {
        const error = await thrownBy(throwLater, mode, what)
        assertEvents(events, eventsOf(mode, 'throw'))
        for (const { event, seen } of events) {
          if (event !== 'error') continue
          assert.property(seen, 'error')
          assert.strictEqual(seen.error, error)
          assert.notProperty(seen, 'result')
          assert.isAtLeast(seen.duration ?? Number.NaN, 0)
        }
      })
    }
  }),
  ...inEachMode('observability: a call that was not even made tells why', ownRealm, async (context, mode) => {
    const { echo } = startTasks(context)
    await traced(async (events) => {
      assert.instanceOf(await thrownBy(echo, mode, Symbol('s')), SerializationError)
      assertEvents(events, eventsOf(mode, 'throw'))
      if (diagnostics) assert.instanceOf(events.at(-1)?.seen.error, SerializationError)
    })
  }),
  ...inEachMode('observability: a time limit is an error', {}, async (context, mode) => {
    const { never } = startTasks(context)
    await traced(async (events) => {
      assert.instanceOf(await thrownBy(never.with({ timeout: 20 }), mode), TimeoutError)
      assertEvents(events, eventsOf(mode, 'throw'))
    })
  }),
  {
    name: 'observability: a rejected future that nobody looks at is told, and so is a cancelled one',
    needs: {},
    async run(context) {
      const { rejectLater, never, echo } = startTasks(context)
      await traced(async (events) => {
        void rejectLater.submit(0, 'nobody looks')
        const future = never.submit()
        future.cancel('no longer needed')
        const errors = (): unknown[] => events.filter(({ event }) => event === 'error').map(({ seen }) => seen.error)
        while (diagnostics && errors().length < 2) await echo.async(1)
        if (diagnostics === undefined) return
        assert.instanceOf(errors()[0], AbortError)
        assert.propertyVal(errors()[1], 'message', 'nobody looks')
      })
      assert.equal(await blocking(() => echo.sync('undisturbed')), 'undisturbed')
    },
  },
  ...inEachMode('observability: a native pair is a call without a loop', {}, async (_context, mode) => {
    const pair = dual({ sync: (value: number) => value, async: async (value: number) => value })
    await traced(async (events) => {
      // A future of this thread cannot be blocked for.
      const value = mode === 'submit' ? await pair.submit(7) : await call(pair, mode, 7)
      assert.equal(value, 7)
      assertEvents(events, eventsOf(mode, 'return'))
      for (const { seen } of events) assert.strictEqual(seen.loop, undefined)
    })
  }),
  ...inEachMode(
    'observability: a storage bound to the start holds in callbacks and in every later event',
    { callbacks: true },
    async (context, mode) => {
      const { mapAsync } = startTasks(context)
      const hooks = globalThis.process?.getBuiltinModule?.('node:async_hooks')
      const storage = hooks && new hooks.AsyncLocalStorage<CallTrace>()
      const channel = diagnostics?.tracingChannel('ambisync.call')
      if (storage) channel?.start.bindStore(storage, (message) => message as CallTrace)
      const stores: (CallTrace | undefined)[] = []
      try {
        await traced(
          async (events) => {
            let inCallback: CallTrace | undefined
            const outcome = await outcomeOf(mapAsync, mode, [1], (value: number) => {
              inCallback = storage?.getStore()
              return value
            })
            assert.deepEqual(outcome, { kind: 'return', value: [1] })
            if (storage === undefined || diagnostics === undefined) return
            assertEvents(events, eventsOf(mode, 'return'))
            assert.isTrue(stores.every((store) => store !== undefined && store === events[0]?.trace))
            if (mode === 'sync') assert.strictEqual(inCallback, events[0]?.trace)
            assert.strictEqual(storage.getStore(), undefined)
          },
          () => stores.push(storage?.getStore()),
        )
      } finally {
        if (storage) channel?.start.unbindStore(storage)
      }
    },
  ),
  ...inEachMode('observability: a subscriber may make calls and settle futures', {}, async (context, mode) => {
    const { echo, never } = startTasks(context)
    const answers: unknown[] = []
    let inside = false
    await traced(
      async (events) => {
        assert.equal(await call(echo, mode, 'outer'), 'outer')
        if (diagnostics === undefined) return
        const expected = eventsOf(mode, 'return')
        assert.deepEqual(answers, [...expected])
        assert.deepEqual(
          events.filter(({ trace }) => trace === events[0]?.trace).map(({ event }) => event),
          expected,
        )
      },
      ({ event, trace }) => {
        if (trace.mode !== mode || trace.task !== 'echo' || inside) return
        inside = true
        const future = never.submit()
        answers.push(echo.sync(event))
        future.cancel()
        inside = false
      },
    )
  }),
  {
    name: 'observability: a subscriber that throws disturbs no call, and is reported as Node does',
    needs: {},
    async run(context) {
      const { echo } = startTasks(context)
      const reported: unknown[] = []
      const onUncaught = (error: unknown): unknown => reported.push(error)
      globalThis.process?.on?.('uncaughtException', onUncaught)
      try {
        await traced(
          async (events) => {
            assert.equal(echo.sync('sync'), 'sync')
            assert.equal(await echo.async('async'), 'async')
            assert.equal(await blocking(() => echo.submit('submit').result()), 'submit')
            while (reported.length < events.length) await new Promise((resolve) => setTimeout(resolve, 1))
            assert.lengthOf(reported, diagnostics === undefined ? 0 : 10)
          },
          ({ event }) => {
            throw new RangeError(`of the subscriber to ${event}`)
          },
        )
      } finally {
        globalThis.process?.off?.('uncaughtException', onUncaught)
      }
    },
  },
  {
    name: 'observability: a call that began before anybody listened tells nothing',
    needs: {},
    async run(context) {
      const { later, echo } = startTasks(context)
      const future = later.submit(20)
      await traced(async (events) => {
        future.result()
        assert.deepEqual(events, [])
      })
      await blocking(() => echo.sync('nobody listens any more'))
    },
  },
  {
    name: 'observability: a loop tells of its start',
    needs: { survives: ['exit'], resident: true },
    async run(context) {
      await loopEvents<LoopStartEvent>('ambisync.loop.start', async (messages) => {
        const { echo, dieLater } = loadTasks(context.startLoop({ name: 'told of' }))
        echo.sync(1)
        dieLater.submit('exit 0').outcome()
        await echo.async(2)
        if (diagnostics === undefined) {
          assert.deepEqual(messages, [])
          return
        }
        const about = { loop: 'told of', adapter: context.adapter.name }
        assert.deepEqual(
          messages.map(({ duration, ...rest }) => rest),
          [
            { ...about, generation: 1 },
            { ...about, generation: 2 },
          ],
        )
        for (const { duration } of messages) assert.isAbove(duration, 0)
      })
    },
  },
  {
    name: 'observability: a loop tells of its end, and what it died of',
    needs: { survives: ['exit', 'throw'], resident: true },
    async run(context) {
      await loopEvents<LoopExitEvent>('ambisync.loop.exit', async (messages) => {
        const loop = context.startLoop({ name: 'told of' })
        const { echo, dieLater } = loadTasks(loop)
        dieLater.submit('exit 3').outcome()
        dieLater.submit('throw').outcome()
        echo.sync('a third one')
        await loop.stop()
        if (diagnostics === undefined) {
          assert.deepEqual(messages, [])
          return
        }
        const about = { loop: 'told of', adapter: context.adapter.name, started: true, signal: undefined }
        assert.deepEqual(
          messages.map(({ duration, cause, ...rest }) => rest),
          [
            { ...about, generation: 1, exitCode: 3 },
            { ...about, generation: 2, exitCode: 1 },
            { ...about, generation: 3, exitCode: 0 },
          ],
        )
        assert.strictEqual(messages[0]?.cause, undefined)
        assert.instanceOf(messages[1]?.cause, RangeError)
        for (const { duration } of messages) assert.isAbove(duration, 0)
      })
    },
  },
  {
    name: 'observability: what a call dies of is not the end of its loop, where that is not resident',
    needs: { survives: ['exit'], resident: undefined },
    async run(context) {
      await loopEvents<LoopStartEvent>('ambisync.loop.start', async (starts) => {
        await loopEvents<LoopExitEvent>('ambisync.loop.exit', async (exits) => {
          const loop = context.startLoop()
          const { echo, dieLater } = loadTasks(loop)
          dieLater.submit('exit 3').outcome()
          await echo.async('next')
          assert.deepEqual([starts.length, exits.length], diagnostics === undefined ? [0, 0] : [1, 0])
          await loop.stop()
          assert.deepEqual(
            exits.map(({ generation, exitCode }) => [generation, exitCode]),
            diagnostics === undefined ? [] : [[1, 0]],
          )
        })
      })
    },
  },
]
