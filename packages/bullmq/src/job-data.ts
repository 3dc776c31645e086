import { type Call, type ForwardedCall, Unsendable } from '@ambisync/core/adapter'
import { cloneFromText, cloneToText } from './clone-text.ts'
import { isJson } from './is-json.ts'

/** The data of a job: a call, as a dashboard shows it. */
export interface JobData {
  /** Name of the module, as the server has it. */
  readonly module: string
  readonly export: string
  /** When the caller gives it up, on the clock of Redis, in milliseconds; left out where it has no limit. */
  readonly expires?: number
  /** The arguments, where JSON is exact for them, and there is nothing besides. */
  readonly args?: readonly unknown[]
  /** Else the clone of {@link ForwardedCall}'s `args`, `specials` and `context`. */
  readonly clone?: string
}

/** The part of it that is made of what the user gave. */
export type Arguments = Pick<JobData, 'args' | 'clone'>

type CallContent = Pick<ForwardedCall, 'args' | 'specials' | 'context'>

/**
 * @throws {Error} a `DataCloneError` (by its `name`) for what cannot cross
 * @throws {Unsendable} for what is larger than `limit` bytes
 */
export function encodeArguments({ args, specials, context }: Call, limit: number): Arguments {
  const isPlain = specials === undefined && context === undefined && isJson(args)
  if (isPlain) {
    checkSize(JSON.stringify(args), 'args', limit)
    return { args }
  }
  const content: CallContent = { args, ...(specials && { specials }), ...(context && { context }) }
  const clone = cloneToText(content)
  checkSize(clone, 'args', limit)
  return { clone }
}

/** @throws {Error} for what a newer version of V8 wrote */
export function decodeArguments({ args, clone }: Arguments): CallContent {
  return clone === undefined ? { args: args ?? [] } : (cloneFromText(clone) as CallContent)
}

/** How the reason begins that a server has for the failure of a job that is not a call. */
export const notACall = 'it is not a call of @ambisync/bullmq'

/** Whether the data of a job is that of a call: anybody can add jobs to a queue. */
export function isJobData(data: unknown): data is JobData {
  if (typeof data !== 'object' || data === null) return false
  const { module, export: name, expires, args, clone } = data as Partial<JobData>
  if (typeof module !== 'string' || typeof name !== 'string') return false
  if (expires !== undefined && typeof expires !== 'number') return false
  return Array.isArray(args) ? clone === undefined : typeof clone === 'string'
}

/** @throws {Unsendable} */
export function checkSize(text: string, what: string, limit: number): void {
  // In UTF-8 it takes at least as many bytes as it has characters, and three times as many at most.
  if (text.length * 3 <= limit) return
  const size = Buffer.byteLength(text)
  if (size <= limit) return
  throw new Unsendable(`${what} takes ${size} bytes, more than the payloadLimit of ${limit}; send where it is instead`)
}
