import { expectTypeOf, it } from 'vitest'
import { type Explanation, type Future, type Loop, load, type Need, startLoop, type Tasks } from '../src/index.ts'
import { getCall } from '../src/task.ts'

interface Module {
  fetchText(url: string): Promise<string>
  lines(url: string): AsyncGenerator<string, void, undefined>
}

const tasks = load<Module>(new URL('file:///tasks.js'))

it('load has every form of each function', () => {
  expectTypeOf(tasks).toEqualTypeOf<Tasks<Module>>()
  expectTypeOf(tasks.fetchText.sync).toEqualTypeOf<(url: string) => string>()
  expectTypeOf(tasks.fetchText.async).toEqualTypeOf<(url: string) => Promise<string>>()
  expectTypeOf(tasks.fetchText.submit).toEqualTypeOf<(url: string) => Future<string>>()
  expectTypeOf(tasks.lines.sync('')).toEqualTypeOf<Generator<string, void, undefined>>()
})

it('load takes a string or a URL, and the options of startLoop', () => {
  expectTypeOf(load).parameter(0).toEqualTypeOf<string | URL>()
  expectTypeOf(load).parameter(1).toEqualTypeOf<Parameters<typeof startLoop>[0]>()
})

it('without a type, functions take and return anything unknown', () => {
  expectTypeOf(load('./tasks.js').anything?.sync).toEqualTypeOf<((...args: unknown[]) => unknown) | undefined>()
})

it('startLoop takes needs by name, and gives a loop that explains itself', () => {
  expectTypeOf(startLoop({ needs: ['closures', 'survives-crash'] })).toEqualTypeOf<Loop>()
  expectTypeOf<Loop['explain']>().returns.toEqualTypeOf<Explanation>()
  expectTypeOf<'low-latency'>().toExtend<Need>()
  // @ts-expect-error there is no such need
  startLoop({ needs: ['speed'] })
  // @ts-expect-error the choice is its own
  startLoop({ choice: () => ({ reasons: [], others: [] }) })
})

it('a task knows its call', () => {
  expectTypeOf(getCall().signal).toEqualTypeOf<AbortSignal>()
})
