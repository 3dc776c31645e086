/** A process group of its own can be ended as a whole, with the processes that a contestant or a task has started. */
export const hasGroups: boolean = process.platform !== 'win32'

/** Ends a process that was started with `detached: hasGroups`, and all that has not left its group. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(hasGroups ? -pid : pid, 'SIGKILL')
  } catch {
    // There is nothing left of it.
  }
}
