import type { Location } from './location.ts'

/*
 * What is ours in Redis, beside the keys of BullMQ, which has none with a second colon in the last part.
 */

/** How long a call that has been cancelled is remembered as that, in seconds. */
export const cancelledFor = 3_600

/**
 * An answer that does not stand in the job itself: see `answer.ts`. A job may have run on two servers, one of which was cut
 * off, so its answers are told apart by `which`.
 */
export function answerKey(location: Location, jobId: string, which: string): string {
  return `${root(location)}:answer:${jobId}:${which}`
}

/** That a job was cancelled which a server may be running: a `Cancellation`. */
export function cancelledKey(location: Location, jobId: string): string {
  return `${root(location)}:cancelled:${jobId}`
}

/** The channel on which cancellations are published. */
export function cancelChannel(location: Location): string {
  return `${root(location)}:cancel`
}

/** The servers of a queue, each until the point in time when it has to have been heard of again. */
export function serversKey(location: Location): string {
  return `${root(location)}:servers`
}

/** BullMQ's own: the stream of a queue's events. */
export function eventsKey({ prefix, queue }: Location): string {
  return `${prefix}:${queue}:events`
}

/** BullMQ's own: the hash of a job. */
export function jobKey({ prefix, queue }: Location, jobId: string): string {
  return `${prefix}:${queue}:${jobId}`
}

function root({ prefix, queue }: Location): string {
  return `${prefix}:${queue}:ambisync`
}
