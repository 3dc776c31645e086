/*
 * The id of a call as BullMQ takes it, which has no colons in ids, and no whole numbers for ids: "42" is "#42" there, and
 * all else as in a URL. So most ids stand in a dashboard as they are.
 */

export function jobIdOf(id: string): string {
  return /^-?\d+$/.test(id) ? `#${id}` : encodeURIComponent(id)
}

/** The id of a call, by that of its job; of a job that is no call, its own. */
export function idOf(jobId: string): string {
  try {
    return jobId.startsWith('#') ? jobId.slice(1) : decodeURIComponent(jobId)
  } catch {
    return jobId
  }
}
