/** The working directory, on runtimes that have Node's `process`; undefined elsewhere, in a browser for one. */
export function currentDirectory(): string | undefined {
  return globalThis.process?.cwd?.()
}
