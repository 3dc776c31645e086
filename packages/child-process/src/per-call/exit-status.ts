import { closeSync, openSync, readSync } from 'node:fs'
import { constants } from 'node:os'

/** How a process has ended, as far as that is known. */
export interface ExitStatus {
  readonly code?: number
  readonly signal?: string
}

/**
 * How a child that has let go of its pipe has ended; undefined if it is about to, or lives on without the pipe.
 *
 * Node tells that by an event, for which its event loop has to turn. While that stands still, nobody takes the exit
 * status of the child from the system, and Linux shows it. Elsewhere there is no way to know: what a process could say
 * itself is among its last words, and only a death without any stays unexplained, for a blocked caller.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function exitStatusOf(pid: number): ExitStatus | undefined {
  const stat = process.platform === 'linux' ? statOf(pid) : undefined
  if (stat === undefined) return {}
  // The name before it, in parentheses, may have anything in it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  if (state !== 'Z' && state !== 'X') return undefined
  const status = Number(fields[exitCodeField])
  const signal = status & 0x7f
  if (signal !== 0) return { signal: signalName(signal) }
  // Also what those see who may not know. A process that ended so in good order has said so itself.
  return status === 0 ? {} : { code: status >> 8 }
}

/** Where it stands behind the name: it is the 52nd, and the state the third. */
const exitCodeField = 52 - 3

/** More than a line of it takes. Not by `readFileSync`: see `readFully` of `exchange.ts`. */
const scratch = Buffer.alloc(4_096)

function statOf(pid: number): string | undefined {
  try {
    const descriptor = openSync(`/proc/${pid}/stat`, 'r')
    try {
      return scratch.toString('latin1', 0, readSync(descriptor, scratch))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined
  }
}

function signalName(signal: number): string {
  const found = Object.entries(constants.signals).find(([, number]) => number === signal)
  return found === undefined ? `signal ${signal}` : found[0]
}
