import { AbortError, LoopStartError, LoopStoppedError, NotSupportedError, TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import { blocking } from '../blocking.ts'
import type { Case } from '../case.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { fixtureUrls, loadTasks, startTasks } from '../tasks.ts'
import { rejection, thrown } from '../thrown.ts'

const failingImports: Readonly<Record<string, readonly [module: () => URL, cause: RegExp]>> = {
  'does not exist': [() => new URL('no-such-module.js', fixtureUrls.tasks), /no-such-module/],
  'has a syntax error': [() => new URL('data:text/javascript,export const = 1'), /SyntaxError/],
  'throws at import': [
    () => new URL('data:text/javascript,throw new RangeError("at import")'),
    /RangeError: at import/,
  ],
  'imports what does not exist': [() => new URL('data:text/javascript,import "node:nothing"'), /node:nothing/],
}

/** Names of nothing, also where somebody looks them up carelessly, or takes them for a URL. */
const notServed: readonly string[] = [
  'no-such-module',
  'constructor',
  '__proto__',
  fixtureUrls.tasks.href,
  './tasks.js',
]

export const lifecycle: readonly Case[] = [
  {
    name: 'lifecycle: startLoop returns a running loop with a name',
    needs: {},
    async run(context) {
      const loop = context.startLoop({ name: 'a name of its own' })
      assert.equal(loop.state, 'running')
      assert.equal(loop.name, 'a name of its own')
      assert.strictEqual(loop.adapter, context.adapter)
      assert.notEqual(context.startLoop().name, context.startLoop().name)
    },
  },
  {
    name: 'lifecycle: stop waits for what is under way, and takes nothing more',
    needs: {},
    async run(context) {
      const loop = context.startLoop()
      const { later, echo } = loadTasks(loop)
      const pending = later.async(50, 'finished')
      const stopped = loop.stop()
      assert.equal(loop.state, 'stopping')
      assert.instanceOf(await rejection(echo.async(1)), LoopStoppedError)
      await stopped
      assert.equal(loop.state, 'stopped')
      assert.equal(await pending, 'finished')
    },
  },
  {
    name: 'lifecycle: stopSync waits for what is under way',
    needs: {},
    async run(context) {
      const loop = context.startLoop()
      const future = loadTasks(loop).later.submit(50, 'finished')
      loop.stopSync()
      assert.equal(loop.state, 'stopped')
      assert.isTrue(future.done())
      assert.equal(future.result(), 'finished')
    },
  },
  ...inEachMode('lifecycle: a call after the stop is LoopStoppedError', {}, async (context, mode) => {
    const loop = context.startLoop()
    const { echo } = loadTasks(loop)
    assert.equal(await call(echo, mode, 1), 1)
    await loop.stop()
    const error = await thrownBy(echo, mode, 2)
    assert.instanceOf(error, LoopStoppedError)
    assert.equal(error.code, 'ERR_AMBISYNC_LOOP_STOPPED')
    const other = startTasks(context)
    assert.equal(await call(other.echo, mode, 3), 3)
  }),
  {
    name: 'lifecycle: stopping twice, and stopping a loop that was never used',
    needs: {},
    async run(context) {
      const loop = context.startLoop()
      await Promise.all([loop.stop(), loop.stop()])
      await loop.stop()
      await blocking(() => loop.stopSync())
      await blocking(() => context.startLoop().stopSync())
    },
  },
  {
    name: 'lifecycle: stop with a timeout gives up on what takes too long',
    needs: { kill: true },
    async run(context) {
      for (const stop of ['stop', 'stopSync'] as const) {
        const loop = context.startLoop()
        const future = loadTasks(loop).never.submit()
        const error =
          stop === 'stop'
            ? await rejection(loop.stop({ timeout: 20 }))
            : await blocking(() => thrown(() => loop.stopSync({ timeout: 20 })))
        assert.instanceOf(error, TimeoutError)
        assert.equal(loop.state, 'stopped')
        assert.instanceOf(await blocking(() => thrown(() => future.result())), LoopStoppedError)
      }
    },
  },
  {
    name: 'lifecycle: a loop whose own timers go on is ended all the same',
    needs: {},
    async run(context) {
      const loop = context.startLoop()
      loadTasks(loop).never.submit().cancel()
      loop.stopSync()
      assert.equal(loop.state, 'stopped')
    },
  },
  {
    name: 'lifecycle: a loop that is stuck in code that never yields is killed after its grace',
    needs: { kill: true },
    async run(context) {
      for (const stop of ['stop', 'stopSync'] as const) {
        const loop = context.startLoop({ grace: 50 })
        const { spin, echo } = loadTasks(loop)
        await blocking(() => echo.sync('is running'))
        spin.submit().cancel()
        await loop[stop]()
        assert.equal(loop.state, 'stopped')
      }
    },
  },
  {
    name: 'lifecycle: the end of an `await using` waits for what is under way',
    needs: {},
    async run(context) {
      const loop = context.startLoop()
      const future = loadTasks(loop).later.submit(50, 'finished')
      await loop[Symbol.asyncDispose]()
      assert.equal(loop.state, 'stopped')
      assert.equal(await blocking(() => future.result()), 'finished')
    },
  },
  {
    name: 'lifecycle: the end of a `using` cancels what is under way',
    needs: {},
    async run(context) {
      const loop = context.startLoop()
      const { never, echo } = loadTasks(loop)
      echo.sync('is running')
      const futures = [never.submit(), never.submit()]
      const awaited = rejection(never.async())
      loop[Symbol.dispose]()
      assert.isTrue(futures.every((future) => future.cancelled()))
      assert.instanceOf(await awaited, AbortError)
      assert.instanceOf(await blocking(() => thrown(() => echo.sync('too late'))), LoopStoppedError)
      await blocking(() => loop.stopSync())
      assert.equal(loop.state, 'stopped')
      loop[Symbol.dispose]()
    },
  },
  ...Object.entries(failingImports).flatMap(([what, [module, cause]]) =>
    inEachMode(
      `lifecycle: a module that ${what} fails its own calls only`,
      { modules: 'url' },
      async (context, mode) => {
        const loop = context.startLoop()
        const { later, echo } = loadTasks(loop)
        const inFlight = later.submit(50, 'in flight')
        const bad = loop.load<{ task(): void }>(module())
        for (const attempt of [1, 2]) {
          const error = await thrownBy(bad.task, mode)
          assert.instanceOf(error, LoopStartError, `attempt ${attempt}`)
          assert.equal(error.code, 'ERR_AMBISYNC_LOOP_START')
          assert.include(error.message, module().href)
          assert.equal(error.url, module().href)
          assert.match(`${(error.cause as Error).name}: ${(error.cause as Error).message}`, cause)
        }
        assert.equal(await call(echo, mode, 'next'), 'next')
        assert.equal(await blocking(() => inFlight.result()), 'in flight')
      },
    ),
  ),
  ...inEachMode(
    'lifecycle: a bare specifier that cannot be resolved is named',
    { modules: 'url' },
    async (context, mode) => {
      const bad = context.startLoop().load<{ task(): void }>('no-such-package-anywhere')
      const error = await thrownBy(bad.task, mode)
      assert.instanceOf(error, LoopStartError)
      assert.include(error.message, 'no-such-package-anywhere')
    },
  ),
  ...inEachMode(
    'lifecycle: a module that is not served is named, and fails its own calls only',
    { modules: 'name' },
    async (context, mode) => {
      const loop = context.startLoop()
      const { later, echo } = loadTasks(loop)
      const inFlight = later.submit(50, 'in flight')
      for (const name of notServed) {
        const bad = loop.load<{ task(): void }>(name)
        for (const attempt of [1, 2]) {
          const error = await thrownBy(bad.task, mode)
          assert.instanceOf(error, LoopStartError, `attempt ${attempt}`)
          assert.equal(error.code, 'ERR_AMBISYNC_LOOP_START')
          assert.include(error.message, name)
        }
      }
      assert.equal(await call(echo, mode, 'next'), 'next')
      assert.equal(await blocking(() => inFlight.result()), 'in flight')
    },
  ),
  {
    name: 'lifecycle: a URL is refused where modules have names',
    needs: { modules: 'name' },
    async run(context) {
      const loop = context.startLoop()
      const error = thrown(() => loop.load(fixtureUrls.tasks))
      assert.instanceOf(error, TypeError)
      assert.match(error.message, /the name of a module/)
      assert.equal(loadTasks(loop).echo.sync('next'), 'next')
    },
  },
  {
    name: 'lifecycle: wrong options and arguments are named',
    needs: {},
    async run(context) {
      const wrong: readonly (readonly [() => unknown, ErrorConstructor, RegExp])[] = [
        [() => context.startLoop({ adapter: undefined } as never), TypeError, /adapter/],
        [() => context.startLoop({ adapter: {} } as never), TypeError, /adapter/],
        [() => context.startLoop({ restart: 'always' } as never), TypeError, /restart/],
        [() => context.startLoop({ grace: -1 }), RangeError, /grace/],
        [() => context.startLoop({ name: 7 } as never), TypeError, /name/],
        [() => context.startLoop({ graze: 7 } as never), TypeError, /"graze"/],
        [() => context.startLoop().load(7 as never), TypeError, /load/],
        [() => context.startLoop().stopSync({ timeout: -1 }), RangeError, /timeout/],
        [() => context.startLoop().stopSync({ timeot: 1 } as never), TypeError, /"timeot"/],
        [() => context.startLoop().stopSync(500 as never), TypeError, /object/],
        [
          () =>
            loadTasks(context.startLoop())
              .echo.submit()
              .result({ timeot: 1 } as never),
          TypeError,
          /"timeot"/,
        ],
        [
          () =>
            loadTasks(context.startLoop())
              .echo.submit()
              .result({ signal: {} } as never),
          TypeError,
          /signal/,
        ],
      ]
      for (const [run, kind, message] of wrong) {
        const error = thrown(run)
        assert.instanceOf(error, kind)
        assert.match((error as Error).message, message)
      }
      if (context.adapter.capabilities.durable) return
      const { echo } = loadTasks(context.startLoop())
      const error = thrown(() => echo.with({ id: 'x' }))
      assert.instanceOf(error, NotSupportedError)
      assert.match(error.message, /"id"/)
      assert.isUndefined(echo.submit().id)
    },
  },
]
