/** What is done when this process, or thread, ends by itself or by `process.exit()`. It may block, and nothing else. */
const tasks = new Set<() => void>()

/** One listener for all: Node warns of more than ten. @returns how to take it back */
export function beforeExit(task: () => void): () => void {
  if (tasks.size === 0) process.on('exit', runAll)
  tasks.add(task)
  return () => {
    tasks.delete(task)
    if (tasks.size === 0) process.off('exit', runAll)
  }
}

function runAll(): void {
  for (const task of tasks) task()
}
