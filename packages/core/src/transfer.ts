import { describeTag, describeType } from './describe-type.ts'
import { thread } from './thread.ts'

/**
 * What moves to the other side in place of being copied: `ArrayBuffer`s, and what else the adapter's platform transfers,
 * such as a `MessagePort`. The sender's own is empty or closed then.
 */
export type TransferList = readonly object[]

/** What is known not to be transferable. Of what else there may be, the platform decides when it is sent. */
const neverTransferable =
  /^(Object|Array|Function|AsyncFunction|Map|Set|Date|RegExp|Error|String|Number|Boolean|Promise|WeakMap|WeakSet)$/

/**
 * @throws {TypeError} if it is not a list of what may be transferable, each once
 */
export function checkTransfer(transfer: unknown): TransferList {
  if (!Array.isArray(transfer)) throw new TypeError(`transfer must be an array, not ${describeType(transfer)}`)
  const list: readonly unknown[] = [...transfer]
  for (const [index, entry] of list.entries()) {
    const problem = whyNotTransferable(entry)
    if (problem !== undefined) throw new TypeError(`transfer[${index}] is ${problem}`)
    const first = list.indexOf(entry)
    if (first !== index) throw new TypeError(`transfer[${index}] is the same as transfer[${first}]; name it once`)
  }
  return list as TransferList
}

function whyNotTransferable(entry: unknown): string | undefined {
  if ((typeof entry !== 'object' && typeof entry !== 'function') || entry === null) {
    return `${describeType(entry)}, which cannot be transferred`
  }
  if (ArrayBuffer.isView(entry)) return 'a view; what can be transferred is its buffer'
  const tag = Object.prototype.toString.call(entry)
  if (tag === '[object SharedArrayBuffer]') return 'a SharedArrayBuffer, which is shared by itself; leave it out'
  return neverTransferable.test(tag.slice('[object '.length, -1))
    ? `${describeTag(tag)}, which cannot be transferred`
    : undefined
}

/** Which entry has been transferred already, as a clause. */
export function whyDetached(transfer: TransferList): string | undefined {
  const index = transfer.findIndex(isDetached)
  return index === -1 ? undefined : `transfer[${index}] is detached: it has been transferred before`
}

function isDetached(entry: object): boolean {
  if (!(entry instanceof ArrayBuffer) || entry.byteLength > 0) return false
  try {
    new Uint8Array(entry)
    return false
  } catch {
    return true
  }
}

/** Which entry the platform refused, as a clause; undefined if the refusal was not about the list. */
export function explainTransferRefusal(transfer: TransferList, cause: unknown): string | undefined {
  const { message, name, code } = Object(cause) as {
    readonly message?: unknown
    readonly name?: unknown
    code?: unknown
  }
  if (code !== 'ERR_INVALID_TRANSFER_OBJECT' && !(name === 'DataCloneError' && /transfer/i.test(String(message))))
    return undefined
  if (/not listed|needs? transfer/i.test(String(message))) return undefined
  const doubtful = transfer.flatMap((entry, index) => (entry instanceof ArrayBuffer ? [] : [`transfer[${index}]`]))
  const which = doubtful.length === 0 ? 'transfer' : doubtful.join(' or ')
  return `${which} cannot be transferred: ${String(message)}`
}

/**
 * Has parts of a result move to the caller, without being copied, when the task returns or yields `value`.
 *
 * Where the adapter does not declare `transfer`, they are copied, so a task module need not know what it runs on.
 * @param value what the task is going to return or yield: an object
 * @param transfer the `ArrayBuffer`s, or other transferable objects, in it
 * @returns `value`
 * @throws {TypeError} if `value` is not an object, or `transfer` is not a list of transferable objects
 * @example return transferResult(bytes, [bytes.buffer])
 */
export function transferResult<T extends object>(value: T, transfer: TransferList): T {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`transferResult takes the object that is returned, not ${describeType(value)}`)
  }
  thread.transfers ??= new WeakMap()
  thread.transfers.set(value, checkTransfer(transfer))
  return value
}

/** What is transferred with a result. */
export function transferOf(value: unknown): TransferList | undefined {
  if (thread.transfers === undefined || typeof value !== 'object' || value === null) return undefined
  return thread.transfers.get(value)
}
