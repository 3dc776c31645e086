import { thread } from './thread.ts'

/*
 * Keeps the user's code out of the middle of ours.
 *
 * Taking in what has arrived settles futures, and settling makes done callbacks and gather starters due. They may
 * block, cancel, stop or start anything, so they run only when the look at the channels is complete.
 */

/** Runs `work`, which takes in what has arrived. What becomes due runs after the outermost one. */
export function dispatch(work: () => void): void {
  thread.dispatching++
  try {
    work()
  } finally {
    thread.dispatching--
    if (thread.dispatching === 0) runDue()
  }
}

/** Runs `task` once nothing is being dispatched, nor another such task run: at once, as a rule. It must not throw. */
export function afterDispatch(task: () => void): void {
  // One after the other, not within: a chain of calls that wait for each other would overflow the stack.
  if (thread.due.push(task) === 1 && thread.dispatching === 0) runDue()
}

/** A task may get here again, by blocking: then it goes on with the tasks after itself. */
function runDue(): void {
  const { due } = thread
  try {
    while (thread.nextDue < due.length) due[thread.nextDue++]?.()
  } finally {
    // The stack may overflow in any task; the others are still due.
    if (thread.nextDue < due.length) runDue()
    due.length = 0
    thread.nextDue = 0
  }
}
