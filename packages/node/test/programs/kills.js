// Ends what is asked to, and what does not listen.
import { describe, print, start } from './start.js'

const seen = []
for (const ignoresKill of [false, true]) {
  const { loop, tasks } = start({ ignoresKill }, {})
  tasks.echo.sync(1)
  const future = tasks.never.submit()
  try {
    loop.stopSync({ timeout: 10 })
  } catch (error) {
    seen.push(error.name)
  }
  seen.push(describe(future.outcome().reason).name)
}
const { tasks } = start({ ignoresKill: true }, {}, { grace: 10 })
tasks.echo.sync('alive')
print(seen)
