import { start } from './start.ts'

const { tasks } = await start()
for (let line = 0; line < 200; line++) {
  console.log(`caller ${line}`)
  tasks.print.sync(`task ${line} ${'x'.repeat(1_000)}`, `task error ${line}`)
}
