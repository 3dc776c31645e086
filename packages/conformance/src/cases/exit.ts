import { LoopExitError, startLoop } from '@ambisync/core'
import type { Channel, LoopEnd, OpenOptions } from '@ambisync/core/adapter'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import type { Case, Needs } from '../case.ts'
import { call, callAtOnce, inEachMode, thrownBy } from '../modes.ts'
import { loadTasks, startTasks } from '../tasks.ts'
import { thrown } from '../thrown.ts'

interface Death {
  readonly how: string
  readonly end: LoopEnd
  /** Where it ends like this; anywhere if that is left out. */
  readonly runsOn?: 'worker thread' | 'child process' | 'other machine'
  /** What is told of it is a matter of what runs tasks there. */
  readonly isAnyEnd?: true
  readonly exitCode?: number
  readonly signal?: string
  readonly cause?: { readonly kind: ErrorConstructor; readonly message: RegExp; readonly code?: string }
}

const deaths: readonly Death[] = [
  { how: 'exit 0', end: 'exit', exitCode: 0 },
  { how: 'exit 3', end: 'exit', exitCode: 3 },
  {
    how: 'throw',
    end: 'throw',
    exitCode: 1,
    cause: { kind: RangeError, message: /^uncaught$/, code: 'ERR_UNCAUGHT' },
  },
  { how: 'rejection', end: 'throw', exitCode: 1, cause: { kind: RangeError, message: /^unhandled$/ } },
  {
    how: 'out of memory',
    end: 'out of memory',
    runsOn: 'worker thread',
    exitCode: 1,
    cause: { kind: Error, message: /memory/ },
  },
  // V8 aborts the process, which has no last words then.
  { how: 'out of memory', end: 'out of memory', runsOn: 'child process', signal: 'SIGABRT' },
  { how: 'out of memory', end: 'out of memory', runsOn: 'other machine', isAnyEnd: true },
  { how: 'SIGKILL', end: 'signal', signal: 'SIGKILL' },
  { how: 'abort', end: 'crash', signal: 'SIGABRT' },
  { how: 'SIGSEGV', end: 'crash', signal: 'SIGSEGV' },
]

function needsFor({ end, runsOn }: Death): Needs {
  return runsOn === undefined ? { survives: [end] } : { survives: [end], runsOn }
}

/** What a name has at its end where there is a death of that name in several places. */
function whereOf({ runsOn }: Death): string {
  if (runsOn === 'other machine') return ' on another machine'
  return runsOn === 'child process' ? ' in a child process' : ''
}

function assertExit(error: unknown, { isAnyEnd, exitCode, signal, cause }: Death): void {
  assert.instanceOf(error, LoopExitError)
  assert.equal(error.code, 'ERR_AMBISYNC_LOOP_EXIT')
  if (isAnyEnd) return
  assert.equal(error.exitCode, exitCode)
  assert.equal(error.signal, signal)
  if (cause === undefined) {
    assert.notProperty(error, 'cause')
    return
  }
  assert.instanceOf(error.cause, cause.kind)
  assert.match(error.cause.message, cause.message)
  if (cause.code !== undefined) assert.propertyVal(error.cause, 'code', cause.code)
}

const unnoticed: Case = {
  name: 'exit: of a failure while no call is under way, the console is told',
  needs: { survives: ['throw'], resident: true },
  async run(context) {
    const { dieUnnoticed, echo } = startTasks(context)
    const told: unknown[] = []
    const { error: log } = console
    console.error = (...args: unknown[]) => told.push(args[1])
    try {
      dieUnnoticed.sync('throw')
      while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    } finally {
      console.error = log
    }
    assert.instanceOf(told[0], LoopExitError)
    assert.instanceOf(told[0].cause, RangeError)
    assert.equal(await blocking(() => echo.sync('next')), 'next')
  },
}

const idle: readonly Case[] = inEachMode(
  'exit: a call after a death that nobody has heard of yet starts a fresh loop',
  { survives: ['exit'], resident: true },
  async (context, mode) => {
    const { dieUnnoticed, echo, count } = startTasks(context)
    const other = startTasks(context)
    echo.sync('is running')
    dieUnnoticed.sync('exit 0')
    // This thread's event loop does not turn meanwhile.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
    assert.equal(await callAtOnce(count, mode), 1)
    assert.equal(await blocking(() => other.echo.sync('undisturbed')), 'undisturbed')
    // The news of the old one's end has come by now, and has nothing to do with the new one.
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(await call(count, mode), 2)
    assert.equal(await call(count, mode), 3)
  },
)

const ofEachDeath: readonly Case[] = deaths.flatMap((death) => {
  const needs = needsFor(death)
  const where = whereOf(death)
  /** A death that ends the loop, with all of its calls. */
  const ofAll: Needs = { ...needs, resident: true }
  return [
    ...inEachMode(
      `exit: ${death.how}${where} wakes who waits, without a timeout, and the next call works`,
      needs,
      async (context, mode) => {
        const tasks = startTasks(context)
        const error = await thrownBy(tasks.dieLater, mode, death.how)
        assertExit(error, death)
        assert.equal(await call(tasks.count, mode), 1, 'a fresh loop, with a fresh module')
        assert.equal(await call(tasks.count, mode), context.adapter.capabilities.resident ? 2 : 1)
      },
    ),
    ...inEachMode(
      `exit: ${death.how}${where} at the first call, before anything else has come back`,
      needs,
      async (context, mode) => {
        const tasks = startTasks(context)
        const before = tasks.echo.submit('before')
        assertExit(await thrownBy(tasks.dieLater, mode, death.how, 0), death)
        assert.equal(await blocking(() => before.result()), 'before')
      },
    ),
    {
      name: `exit: ${death.how}${where} fails every pending call`,
      needs: ofAll,
      async run(context) {
        const { never, dieLater, echo } = startTasks(context)
        const awaited = never.async().catch((error: unknown) => error)
        const future = never.submit()
        assertExit(
          thrown(() => dieLater.sync(death.how, 20)),
          death,
        )
        assertExit(
          thrown(() => future.result()),
          death,
        )
        assertExit(await awaited, death)
        assert.equal(await blocking(() => echo.sync('next')), 'next')
      },
    },
    {
      name: `exit: an answer sent before ${death.how}${where} is still delivered`,
      needs: ofAll,
      async run(context) {
        const { answerAndDie, never } = startTasks(context)
        const future = never.submit()
        assert.equal(answerAndDie.sync(death.how), 'last answer')
        assertExit(
          thrown(() => future.result()),
          death,
        )
        assert.equal(await answerAndDie.async(death.how), 'last answer')
      },
    },
    {
      name: `exit: ${death.how}${where} of one loop leaves the others alone`,
      needs,
      async run(context) {
        const other = startTasks(context)
        const pending = other.later.submit(100, 'of another loop')
        assertExit(
          thrown(() => startTasks(context).dieLater.sync(death.how)),
          death,
        )
        assert.equal(pending.result(), 'of another loop')
        assert.equal(other.count.sync(), 1)
      },
    },
    {
      name: `exit: ${death.how}${where} wakes who is blocked on another loop's call, for its own sake only`,
      needs,
      async run(context) {
        const dying = startTasks(context)
        const doomed = dying.dieLater.submit(death.how, 20)
        const { later } = startTasks(context)
        assert.equal(later.sync(400, 'undisturbed'), 'undisturbed')
        assertExit(
          thrown(() => doomed.result()),
          death,
        )
      },
    },
    {
      name: `exit: with restart: 'never', calls after ${death.how}${where} are refused and say why`,
      needs: ofAll,
      async run(context) {
        const loop = context.startLoop({ restart: 'never' })
        const tasks = loadTasks(loop)
        assertExit(
          thrown(() => tasks.dieLater.sync(death.how)),
          death,
        )
        const error = thrown(() => tasks.echo.sync(1))
        assert.instanceOf(error, LoopExitError)
        assert.match(error.message, /restart/)
        assertExit(error.cause, death)
        await loop.stop()
      },
    },
    {
      name: `exit: ${death.how}${where} of one call concerns no other, with restart: 'never' neither`,
      needs: { ...needs, resident: undefined },
      async run(context) {
        const { never, answerAndDie, dieLater, later, echo } = loadTasks(context.startLoop({ restart: 'never' }))
        const pending = never.submit()
        const beside = later.submit(100, 'beside it')
        assertExit(
          thrown(() => dieLater.sync(death.how)),
          death,
        )
        const error = await dieLater.async(death.how).catch((reason: unknown) => reason)
        assertExit(error, death)
        assert.equal(await blocking(() => beside.result()), 'beside it')
        assert.equal(await blocking(() => answerAndDie.sync(death.how)), 'last answer')
        assert.equal(await answerAndDie.async(death.how), 'last answer')
        assert.equal(await blocking(() => echo.sync('next')), 'next')
        assert.equal(pending.state, 'pending')
        pending.cancel()
      },
    },
  ] satisfies Case[]
})

/** A death and what was sent before it, met in one look: this thread does not look until the loop is dead. */
const metTogether: readonly Case[] = deaths
  .filter(({ end }) => end === 'exit' || end === 'throw')
  .map((death) => ({
    name: `exit: answers that are met together with ${death.how} come first`,
    needs: { survives: [death.end], resident: true },
    async run(context) {
      const channels: Channel[] = []
      const open = (options: OpenOptions): Channel => {
        const channel = context.adapter.open(options)
        channels.push(channel)
        return channel
      }
      const loop = startLoop({ adapter: { ...context.adapter, open } })
      const { answerAndDie, echo, never } = loadTasks(loop)
      echo.sync('is running')
      const futures = [echo.submit(1), answerAndDie.submit(death.how), never.submit()] as const
      // A loop that runs only while it is waited for dies later, which is as well.
      for (let pause = 0; pause < 1_000 && channels.some((channel) => !channel.isDead()); pause++) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
      }
      assert.equal(futures[0].result(), 1)
      assert.equal(futures[1].result(), 'last answer')
      assertExit(
        thrown(() => futures[2].result()),
        death,
      )
      await loop.stop()
    },
  }))

export const exit: readonly Case[] = [unnoticed, ...idle, ...metTogether, ...ofEachDeath]
