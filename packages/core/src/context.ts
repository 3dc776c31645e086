import { describeType } from './describe-type.ts'
import type { Handover } from './handover.ts'
import type { CallContext } from './protocol.ts'

/*
 * Values that belong to a chain of asynchronous work, such as the id of a request: they go with each call to its task,
 * and hold in its callbacks.
 */

/** What keeps such a value: an `AsyncLocalStorage`, or whatever else has its `getStore` and `run`. */
export interface ContextStorage {
  getStore(): unknown
  run<R>(value: never, task: () => R): R
}

/** Storages by the names under which tasks see their values. */
export type ContextStorages = Readonly<Record<string, ContextStorage>>

interface Entry {
  readonly name: string
  readonly storage: { run<R>(value: unknown, task: () => R): R }
  readonly value: unknown
}

/** The values that the registered storages had at one moment. */
export class ContextSnapshot {
  readonly #entries: readonly Entry[]

  constructor(storages: ContextStorages) {
    this.#entries = Object.entries(storages).map(([name, storage]) => ({ name, storage, value: storage.getStore() }))
  }

  /** Runs `task` with the values of that moment, `undefined` included. */
  run<R>(task: () => R): R {
    const enter = this.#entries.reduceRight<() => R>(
      (inner, { storage, value }) =>
        () =>
          storage.run(value, inner),
      task,
    )
    return enter()
  }

  /** The values by their names, without those that are undefined. */
  get values(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.#entries.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])))
  }

  /**
   * As it is sent; undefined if there is nothing to send.
   *
   * @throws what `Handover.encode` throws
   */
  encode(handover: Handover): CallContext | undefined {
    const { values } = this
    if (Object.keys(values).length === 0) return undefined
    const { value, ...rest } = handover.encode(values, 'context')
    return { values: value as CallContext['values'], ...rest }
  }
}

/**
 * Checks the option `context`; undefined if nothing is registered.
 *
 * @throws {TypeError} naming what has no `getStore()` and `run()`
 */
export function checkContext(context: unknown): ContextStorages | undefined {
  if (context === undefined) return undefined
  if (typeof context !== 'object' || context === null || Array.isArray(context) || isStorage(context)) {
    const what = isStorage(context) ? 'a storage itself' : describeType(context)
    throw new TypeError(
      `context must be an object of AsyncLocalStorages by name, such as { requestId: storage }, not ${what}`,
    )
  }
  for (const [name, storage] of Object.entries(context)) {
    if (isStorage(storage)) continue
    throw new TypeError(`context.${name} must be an AsyncLocalStorage, not ${describeType(storage)}`)
  }
  return Object.keys(context).length === 0 ? undefined : { ...context }
}

function isStorage(value: unknown): value is ContextStorage {
  if (typeof value !== 'object' || value === null) return false
  return (
    'getStore' in value && typeof value.getStore === 'function' && 'run' in value && typeof value.run === 'function'
  )
}
