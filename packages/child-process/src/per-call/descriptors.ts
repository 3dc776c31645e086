/** What a call's process has besides its standard streams: the pipe from its caller, and the file of the call. */
export const pipeDescriptor = 3
export const exchangeDescriptor = 4

/** What the thread that watches the pipe is given. */
export interface LifeLineData {
  /** Goes from 0 to 1 when the process has its outcome and ends by itself. */
  readonly isEnding: Int32Array<SharedArrayBuffer>
}
