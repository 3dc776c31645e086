/** What is told to the server that runs a job, and kept for one that cannot hear it. */
export interface Cancellation {
  readonly jobId: string
  /** When the job was made: its id may be that of another one by now. */
  readonly timestamp: number
  /** The clone of an encoded thrown value. */
  readonly reason: string
}

/** How the reason of a failure begins that is that of a job nobody wants any more. Such a job is not kept. */
export const givenUp = 'given up: '
