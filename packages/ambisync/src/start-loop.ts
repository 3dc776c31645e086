import {
  type Adapter,
  type Loop,
  type LoopOptions,
  NotSupportedError,
  startLoop as startCoreLoop,
} from '@ambisync/core'
import { chooseAdapter } from './choose.ts'
import { checkNeeds, type Need } from './needs.ts'
import { whatLacks } from './preference.ts'

/** Those of core's `startLoop`, and what to choose the adapter by. */
export interface StartLoopOptions extends Omit<LoopOptions, 'adapter' | 'choice'> {
  /**
   * What the program needs: the first adapter that has all of it, is installed and can run here is taken, and
   * `loop.explain()` says why. Without needs that is `workerThreads()`, where threads can sleep.
   */
  readonly needs?: readonly Need[] | undefined
  /** The adapter itself, in place of a choice. It has to meet the needs all the same, if there are any. */
  readonly adapter?: Adapter | undefined
}

/**
 * Starts a background event loop on the adapter that suits what the program needs and what this runtime can do.
 *
 * @throws {TypeError | RangeError} for an option that cannot be right
 * @throws {NotSupportedError} `ERR_AMBISYNC_NOT_SUPPORTED` where no adapter will do: what speaks against each one, and
 *   the command that installs what is missing
 * @throws {LoopStartError} `ERR_AMBISYNC_LOOP_START` if the adapter could not even begin to start it
 * @example
 * const loop = startLoop({ needs: ['survives-crash'] })
 * console.log(String(loop.explain()))
 */
export function startLoop(options: StartLoopOptions = {}): Loop {
  if (typeof options !== 'object' || options === null) throw new TypeError('startLoop takes an object of options')
  const { needs: given, adapter, ...rest } = options
  const wanted = checkNeeds(given)
  if (adapter !== undefined) {
    checkMeets(adapter, wanted)
    return startCoreLoop({ ...rest, adapter })
  }
  const { adapter: chosen, choice } = chooseAdapter(wanted)
  return startCoreLoop({ ...rest, adapter: chosen, choice })
}

function checkMeets(adapter: Adapter, wanted: readonly Need[]): void {
  // What is no adapter at all is for core to refuse.
  const lack = typeof adapter?.open === 'function' ? whatLacks(adapter, wanted) : undefined
  if (lack === undefined) return
  const { name } = adapter
  const message = `the adapter ${name} does not meet the needs: ${lack}; leave the adapter out to have one chosen`
  throw new NotSupportedError(message, { adapter: name })
}
