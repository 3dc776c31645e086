import { assert } from 'chai'
import { type Case, type Needs, ownRealm } from '../case.ts'
import { type Mode, modes, outcomeOf } from '../modes.ts'
import { type SuiteTasks, startTasks } from '../tasks.ts'

/** What is of another identity each time, where it is not made into data. */
const unique: readonly string[] = ['unclonable', 'unclonableProperty', 'symbol']

/** Calls whose outcome has to be the same in every mode, whatever it is. */
const rows: readonly (readonly [name: keyof SuiteTasks, ...args: unknown[]])[] = [
  ['echo', { deep: [1, { a: null }] }],
  ['echo', -0],
  ['echo'],
  ['add', 2, 3],
  ['add', 'a', 'b'],
  ['all', undefined, null],
  ['thenable', 'then'],
  ['callee'],
  ['unclonable'],
  ['notThere' as keyof SuiteTasks],
  ['notAFunction' as keyof SuiteTasks],
  ['echo', Symbol('s')],
  ['echo', { a: { b() {} } }],
  ...['error', 'typeError', 'aggregateError', 'domException', 'cause', 'cycle', 'subclass', 'systemError', 'hidden']
    .concat([
      'unclonableProperty',
      'emptyMessage',
      'string',
      'number',
      'null',
      'undefined',
      'false',
      'object',
      'symbol',
    ])
    .flatMap((what) => [['throwLater', what] as const, ['throwNow', what] as const]),
  ['dieLater', 'exit 0'],
  ['dieLater', 'exit 3'],
  ['dieLater', 'throw'],
  ['dieLater', 'rejection'],
]

export const parity: readonly Case[] = rows.map(([task, ...args]) => ({
  name: `parity: ${task}(${args.map(show).join(', ')})`,
  needs: needsOf(task, args),
  async run(context) {
    const outcomes = new Map<Mode, unknown>()
    for (const mode of modes) {
      const outcome = await outcomeOf(startTasks(context)[task] as SuiteTasks['echo'], mode, ...args)
      outcomes.set(mode, outcome.kind === 'throw' ? { thrown: picture(outcome.error) } : outcome)
    }
    assert.deepEqual(outcomes.get('async'), outcomes.get('sync'), 'async, then sync')
    assert.deepEqual(outcomes.get('submit'), outcomes.get('sync'), 'submit, then sync')
  },
}))

function needsOf(task: string, args: readonly unknown[]): Needs {
  if (task === 'dieLater') return { survives: ['exit', 'throw'] }
  return [task, ...args].some((each) => unique.includes(String(each))) ? ownRealm : {}
}

/** Everything about an error that a caller can go by, as data. The stack and the loop's name are each call's own. */
function picture(value: unknown, seen: readonly unknown[] = []): unknown {
  if (!(value instanceof Error)) return value
  if (seen.includes(value)) return 'itself'
  const properties = Object.getOwnPropertyNames(value).filter((key) => key !== 'stack' && key !== 'message')
  return {
    class: value.constructor.name,
    name: value.name,
    message: value.message.replaceAll(/loop-\d+|loop=\d+/g, 'loop'),
    tag: Object.prototype.toString.call(value),
    properties: properties.map((key) => {
      const descriptor = Object.getOwnPropertyDescriptor(value, key)
      return { key, enumerable: descriptor?.enumerable, value: picture(descriptor?.value, [...seen, value]) }
    }),
  }
}

function show(value: unknown): string {
  if (typeof value === 'symbol') return String(value)
  if (Object.is(value, -0)) return '-0'
  if (typeof value === 'object' && value !== null) return `{${Object.keys(value).join(', ')}}`
  return value === undefined ? 'undefined' : JSON.stringify(value)
}
