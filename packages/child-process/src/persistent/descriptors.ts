/*
 * The descriptors of the process beside its standard ones: sockets, one for each purpose, whose other ends only the
 * relay's process has.
 */

/** Frames from the relay. */
export const INBOUND = 3
/** Frames to the relay. Left blocking, so that what was written is written, whatever becomes of the process. */
export const OUTBOUND = 4
/** A byte for each time that the sleeping main thread has to be woken. It closes when the relay's process is gone. */
export const LIFELINE = 5
