/** Ends by force while its call is under way, which nobody then waits for. */
import { existsSync } from 'node:fs'
import { argument, start } from './start.ts'

const { tasks } = await start()
const path = argument(1)
tasks.markRun.with({ id: argument(0) }).submit(path, 'return', 1_000)
while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 1))
process.kill(process.pid, 'SIGKILL')
