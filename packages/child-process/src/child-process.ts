import { type Adapter, NotSupportedError } from '@ambisync/core'
import { adapterName } from './adapter-name.ts'
import { type ChildProcessOptions, checkOptions } from './options.ts'
import { persistentProcess } from './persistent/persistent-process.ts'

/**
 * Runs loops in processes of their own, which may crash in any way without harm to the caller.
 *
 * A process lives on from call to call. The caller blocks by `Atomics.wait`; a thread of its own owns the process.
 *
 * @throws {TypeError | RangeError} for an option that there is not, or that cannot be right
 * @throws {NotSupportedError} on Windows
 * @example const loop = startLoop({ adapter: childProcess({ maxOldSpaceMb: 256 }) })
 */
export function childProcess(options: ChildProcessOptions = {}): Adapter {
  const checked = checkOptions(options)
  if (process.platform === 'win32') {
    const message = 'childProcess needs the pipes of a POSIX system; use workerThreads() on Windows'
    throw new NotSupportedError(message, { adapter: adapterName })
  }
  if (checked.persistent === false) {
    throw new NotSupportedError('childProcess({ persistent: false }) is not there yet', { adapter: adapterName })
  }
  return persistentProcess(checked)
}
