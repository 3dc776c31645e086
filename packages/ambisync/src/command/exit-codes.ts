/** What the command ends with. */
export const exitCodes = {
  /** It did what it was asked for. */
  done: 0,
  /** It did, and what it found is that something does not work. */
  failed: 1,
  /** It was asked for what there is not. */
  misuse: 2,
  /** It was broken off by the user: 128 and the number of SIGINT. */
  interrupted: 130,
} as const

/** What the user has to write differently. Its message goes to stderr, and the command ends with the code for misuse. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
  readonly exitCode: number = exitCodes.misuse
}

/** What does not work, however it is written. Its message goes to stderr, and the command ends with its code. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exitCode: number

  constructor(message: string, options: ErrorOptions & { readonly exitCode?: number } = {}) {
    const { exitCode = exitCodes.failed, ...rest } = options
    super(message, rest)
    this.exitCode = exitCode
  }
}
