import { failureOf, print, start } from './start.js'

const { tasks } = start()
const died = failureOf(() => tasks.leaveBehindAndDie.sync())
console.log(JSON.stringify([died, failureOf(() => tasks.die.sync('SIGSEGV')), failureOf(() => tasks.die.sync(7))]))
// Nothing is left on its event loop, and it is not over.
print(failureOf(() => tasks.never.with({ timeout: 1_000 }).sync()).name)
