/*
 * The id of a call as BullMQ takes it, which has no colons in ids, no whole numbers for ids, and keys of its own beside those
 * of jobs, such as "wait" and "meta": "42" is "#42" there, "wait" and every other word of small letters has the same mark,
 * and all else is as in a URL. So most ids stand in a dashboard as they are.
 */

export function jobIdOf(id: string): string {
  return /^(-?\d+|[a-z-]+)$/.test(id) ? `#${id}` : encodeURIComponent(id)
}

/** The id of a call, by that of its job; of a job that is no call, its own. */
export function idOf(jobId: string): string {
  try {
    return jobId.startsWith('#') ? jobId.slice(1) : decodeURIComponent(jobId)
  } catch {
    return jobId
  }
}
