import { start } from './start.js'

const [task, mode] = process.argv.slice(2)
const { tasks } = start()
if (mode === 'sync') tasks[task].sync()
else if (mode === 'async') await tasks[task].async()
else {
  // Ends by itself once the task runs, and has told who does.
  const future = tasks[task].submit()
  setTimeout(() => void future.state, 2_000)
}
