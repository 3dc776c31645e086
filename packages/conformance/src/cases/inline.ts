import { NotSupportedError } from '@ambisync/core'
import { assert } from 'chai'
import { type Case, type Needs, ownRealm } from '../case.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { loadTasks } from '../tasks.ts'
import { thrown } from '../thrown.ts'

const needs: Needs = { modules: 'url' }

const outside = 'of the caller'

export const inline: readonly Case[] = [
  ...inEachMode('inline: functions of every kind run on the loop', needs, async (context, mode) => {
    const loop = context.startLoop()
    const holder = {
      method(a: number, b: number) {
        return a + b
      },
      async asyncMethod(a: number, b: number) {
        return a + b
      },
    }
    const functions = [
      (a: number, b: number) => a + b,
      async (a: number, b: number) => a + b,
      function named(a: number, b: number) {
        return a + b
      },
      holder.method,
      holder.asyncMethod,
    ]
    for (const f of functions) assert.equal(await call(loop.inline(f), mode, 2, 3), 5)
  }),
  ...inEachMode(
    'inline: a variable of the caller is named, with why it is not there',
    { ...needs, ...ownRealm },
    async (context, mode) => {
      const loop = context.startLoop()
      const error = await thrownBy(
        loop.inline(async () => outside),
        mode,
      )
      assert.instanceOf(error, ReferenceError)
      assert.match(error.message, /^outside is not defined: .*sent as source.*arguments/)
      assert.match(String(error.stack), /outside is not defined: .*sent as source/)
      assert.equal(
        await call(
          loop.inline((value: string) => value),
          mode,
          outside,
        ),
        outside,
      )
    },
  ),
  ...inEachMode(
    'inline: what it throws crosses as of any task, and messages have its name',
    needs,
    async (context, mode) => {
      const loop = context.startLoop()
      const error = await thrownBy(
        loop.inline(function failing() {
          throw new RangeError('inside')
        }),
        mode,
      )
      assert.instanceOf(error, RangeError)
      assert.equal(error.message, 'inside')
      const never = loop.inline(function neverEnds() {
        return new Promise(() => {})
      })
      assert.match(String(await thrownBy(never.with({ timeout: 10 }), mode)), /neverEnds did not finish/)
    },
  ),
  {
    name: "inline: transpilers' helpers do not get in the way",
    needs: { ...needs, ...ownRealm },
    async run(context) {
      // What esbuild makes of a function that holds a named one.
      const f = new Function('value', 'const g = __name((x) => x + 1, "g"); return g(value)') as (
        value: number,
      ) => number
      assert.equal(context.startLoop().inline(f).sync(41), 42)
    },
  },
  {
    name: 'inline: what has no source that can be sent is refused at once',
    needs: { ...needs, ...ownRealm },
    async run(context) {
      const loop = context.startLoop()
      class Base {
        base() {
          return 1
        }
      }
      class Derived extends Base {
        derived() {
          return super.base()
        }
      }
      const accessor = Object.getOwnPropertyDescriptor(
        {
          get value() {
            return 1
          },
        },
        'value',
      )?.get
      const refused: readonly (readonly [unknown, RegExp])[] = [
        [Math.max, /native/],
        [(() => 1).bind(null), /bound/],
        [Base, /class/],
        [Derived.prototype.derived, /super/],
        [accessor, /accessor/],
        ['not a function', /string/],
        [undefined, /undefined/],
      ]
      for (const [f, why] of refused) {
        const error = thrown(() => loop.inline(f as () => void))
        assert.instanceOf(error, TypeError)
        assert.match(error.message, why)
      }
    },
  },
  {
    name: 'inline: refused at once where modules have names',
    needs: { modules: 'name' },
    async run(context) {
      const loop = context.startLoop()
      const error = thrown(() => loop.inline(async () => 1))
      assert.instanceOf(error, NotSupportedError)
      assert.equal(error.code, 'ERR_AMBISYNC_NOT_SUPPORTED')
      assert.match(error.message, /inline functions/)
      assert.equal(loadTasks(loop).echo.sync('next'), 'next')
    },
  },
]
