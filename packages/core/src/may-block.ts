import { NotSupportedError } from './errors.ts'

/** As far as it has been found out. */
let answer: boolean | undefined

/**
 * This thread may block. In browsers the main thread of a page and service workers may not, whatever they would wait for.
 *
 * @see https://tc39.es/ecma262/#sec-agentcansuspend
 */
function mayBlock(): boolean {
  answer ??= canWait()
  return answer
}

function canWait(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false
  try {
    // Asks whether it may before it compares, and does not wait because they differ.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0)
    return true
  } catch {
    return false
  }
}

/** Why a call or a wait for `label` cannot block this thread; undefined where it can. */
export function whyNotBlock(label: string): NotSupportedError | undefined {
  if (mayBlock()) return undefined
  return new NotSupportedError(
    `${label} cannot block here: the browser lets no page's main thread wait, only dedicated workers. Move the code that ` +
      'calls it into one, or use .async() and await what it returns',
  )
}
