import { type Adapter, NotSupportedError } from '@ambisync/core'
import { adapterName } from './adapter-name.ts'
import { type ChildProcessOptions, checkOptions } from './options.ts'
import { processPerCall } from './per-call/process-per-call.ts'
import { persistentProcess } from './persistent/persistent-process.ts'

/**
 * Runs loops in processes of their own, which may crash in any way without harm to the caller.
 *
 * A process lives on from call to call. The caller blocks by `Atomics.wait`; a thread of its own owns the process. With
 * `persistent: false` each call has a process of its own, and nothing is resident.
 *
 * @throws {TypeError | RangeError} for an option that there is not, or that cannot be right
 * @throws {NotSupportedError} on Windows, Bun and Deno, where it is persistent
 * @example const loop = startLoop({ adapter: childProcess({ maxOldSpaceMb: 256 }) })
 */
export function childProcess(options: ChildProcessOptions = {}): Adapter {
  const checked = checkOptions(options)
  if (checked.persistent === false) return processPerCall(checked)
  if (process.platform === 'win32') {
    const message =
      'childProcess needs the pipes of a POSIX system; on Windows use workerThreads(), or persistent: false'
    throw new NotSupportedError(message, { adapter: adapterName })
  }
  for (const runtime of ['bun', 'deno'] as const) {
    if (process.versions[runtime] === undefined) continue
    const message =
      'childProcess needs to read a pipe by its descriptor, by the event loop and while a task blocks it, which ' +
      `${runtime} does not do; use workerThreads(), or persistent: false`
    throw new NotSupportedError(message, { adapter: adapterName })
  }
  return persistentProcess(checked)
}
