import type { BlockingCall } from '@ambisync/core'
import { callSitesBelow } from './call-sites.ts'
import { kindOfCaller } from './caller-kind.ts'

/** Of a file, in characters: the URL of a module may have all of its text in it. */
const longestName = 500

/** The places that were warned of. */
const told = new Set<string>()

/**
 * Warns if the caller of `form`, which has blocked it, is an async function. Once for each place: it would be in the way
 * otherwise. Never throws.
 */
export function warnOfBlocking(form: (...args: never[]) => unknown, { task, duration }: BlockingCall): void {
  try {
    if (kindOfCaller(form) !== 'async function') return
    const [site] = callSitesBelow(form, 1)
    const file = site?.getFileName() ?? 'code that was made of text'
    const place = `${file.slice(0, longestName)}:${site?.getLineNumber()}:${site?.getColumnNumber()}`
    if (told.has(place)) return
    told.add(place)
    const within = site?.getFunctionName() ?? 'an anonymous one'
    process.emitWarning(
      `${task}.sync() has blocked this thread for ${duration.toFixed(1)} ms inside an async function, ${within} (${place}); ` +
        `write await ${task}.async() there`,
      {
        type: 'AmbisyncWarning',
        code: 'AMBISYNC_BLOCKED_ASYNC',
        detail: 'Nothing else of this thread can run meanwhile. callerDetector({ warn: false }) silences this.',
      },
    )
  } catch {
    // A runtime that does not say what a caller is: `.auto` says that, where it matters.
  }
}
