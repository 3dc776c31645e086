/**
 * Keeps the user's code out of the middle of ours.
 *
 * Taking in what has arrived settles futures, and settling makes done callbacks and gather starters due. They may
 * block, cancel, stop or start anything, so they run only when the look at the channels is complete.
 */
const due: (() => void)[] = []
let depth = 0

/** Runs `work`, which takes in what has arrived. What becomes due runs after the outermost one. */
export function dispatch(work: () => void): void {
  depth++
  try {
    work()
  } finally {
    depth--
    if (depth === 0) runDue()
  }
}

/** Runs `task` once nothing is being dispatched: at once, as a rule. It must not throw. */
export function afterDispatch(task: () => void): void {
  due.push(task)
  if (depth === 0) runDue()
}

function runDue(): void {
  for (let task = due.shift(); task !== undefined; task = due.shift()) task()
}
