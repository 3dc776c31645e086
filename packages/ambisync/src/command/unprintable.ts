import { exitCodes } from './exit-codes.ts'

/** Ends the process where nobody reads any further, as in `ambisync doctor | head -1`, or where there is no room. */
export function endWhereNothingCanBePrinted(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
      if (stream === process.stdout) process.stderr.write(`error: what was found cannot be printed: ${error.message}\n`)
      process.exit(exitCodes.failed)
    })
  }
}
