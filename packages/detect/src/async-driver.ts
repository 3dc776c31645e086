import type { CallSite } from './call-sites.ts'
import type { Script } from './script.ts'

/*
 * Compilers make of an async function a generator, and a helper that resumes it whenever a promise is settled. Where a
 * minifier has renamed the helper, it is known by what it does: the frame below the generator is `next`, native, and below
 * that there is a function that calls it, near which there is a `then`.
 */

/** Enough of the helper of each compiler. */
const before = 400
const after = 700

/** Whether the one who has resumed a generator does so for promises. `below` are the frames below that of the generator. */
export function isResumedForPromises(below: readonly CallSite[], scriptOf: (site: CallSite) => Script): boolean {
  const [next, caller] = below
  // Its default parameters are evaluated when it is called, before it is resumed.
  const driver = next?.getScriptHash() === '' && next.getFunctionName() === 'next' ? caller : next
  if (driver === undefined || driver.isAsync() || driver.getScriptHash() === '') return false
  const place = scriptOf(driver).locate(driver)
  if (place === undefined) return false
  const { text, start } = place
  return (
    /\.next\(|\[[\w$]+\]\(/.test(text.slice(start, start + after / 2)) &&
    /\.then\(/.test(text.slice(Math.max(0, start - before), start + after))
  )
}
