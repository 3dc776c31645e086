// A call that the loop cannot read, although the caller could write it: what later calls are called is not lost by that.
import { print, start } from './start.js'

const { tasks } = start({ resourceLimits: { stackSizeMb: 0.3 } })
let value = 0
for (let level = 0; level < 2_000; level++) value = [value]
const { reason } = tasks.nested.submit(value).outcome()
print([reason?.name ?? 'it could', tasks.echo.sync('echoed'), tasks.nested.sync(1), tasks.count.sync()])
