/** Runs `task` when the event loop has turned. */
export const nextTurn: (task: () => void) => void =
  globalThis.setImmediate ?? ((task: () => void) => void setTimeout(task, 0))
