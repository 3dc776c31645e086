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
    // Nothing, as a rule.
    if (thread.dispatching === 0 && thread.nextDue < thread.due.length) runDue()
  }
}

/** Runs `task` once nothing is being dispatched, and what became due before it has run: at once, as a rule. */
export function afterDispatch(task: () => void): void {
  thread.due.push(task)
  if (thread.dispatching === 0) runDue()
}

/**
 * One of the tasks may get here again, by whatever it calls of ours: the others must not run in the middle of that, so
 * they wait until it is done. Only if it blocks they run inside its wait, since they may be what it waits for.
 */
function runDue(): void {
  const { due } = thread
  if (due.length === 0 || thread.runningDueAt === thread.blocked) return
  const before = thread.runningDueAt
  thread.runningDueAt = thread.blocked
  try {
    while (thread.nextDue < due.length) {
      const task = due[thread.nextDue++]
      if (task !== undefined) contain(task)
    }
    due.length = 0
    thread.nextDue = 0
  } finally {
    thread.runningDueAt = before
  }
}

/** Whomever an error belongs to, it is not the one who happens to be on the stack. */
function contain(task: () => void): void {
  try {
    task()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
