import type { StdioChunk } from './messages.ts'

/** From now on, what this thread writes is collected in a list. Workers have no need of it here: their output is relayed. */
export function overrideStdio(stdio: StdioChunk[]): void {
  for (const type of ['stdout', 'stderr'] as const) {
    process[type]._writev = (chunks, callback) => {
      stdio.push(...chunks.map(({ chunk, encoding }) => ({ type, chunk, encoding })))
      callback()
    }
  }
}
