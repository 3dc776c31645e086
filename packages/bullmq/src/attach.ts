import { type Future, type Loop, NotSupportedError } from '@ambisync/core'
import { adapterName } from './adapter-name.ts'

/** Stands for a module, in place of one that servers have: its calls are of those that were made before. */
export const attachModule = 'ambisync:attach'

interface Attaching {
  attach(): unknown
}

/**
 * The future of a call that was made before, by its id: by another process, or by one that has crashed since.
 *
 * It is settled as that call's own future is, result included. To cancel it cancels the call.
 * @param loop a loop, or pool, of `bullmq` on the queue of that call
 * @typeParam T what the call returns
 * @throws {RangeError | TypeError} for what is no id
 * @throws {NotSupportedError} if the loop is of another adapter. The future is rejected with an `UnknownCallError` where no
 *   call has that id, or its result has expired
 * @example const report = attach<Report>(loop, id).result()
 */
export function attach<T = unknown>(loop: Loop, id: string): Future<T> {
  const { name } = loop.adapter
  if (name !== adapterName) {
    const message = `the ${name} adapter keeps no calls, so there is none to attach to; attach takes a loop of bullmq()`
    throw new NotSupportedError(message, { adapter: name })
  }
  return loop.load<Attaching>(attachModule).attach.with({ id }).submit() as Future<T>
}
