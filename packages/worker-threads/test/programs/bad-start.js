// A worker that cannot begin to run, seen from a blocked thread and from one that is not.
import { print, start } from './start.js'

const options = { execArgv: ['--require', './no-such-preload.cjs'] }
const describe = ({ name, code, message, cause }) => ({ name, code, message, cause: cause?.message })
const seen = [describe(start(options, { name: 'blocked' }).tasks.echo.submit(1).outcome().reason)]
await start(options, { name: 'awaited' })
  .tasks.echo.async(1)
  .catch((error) => seen.push(describe(error)))
try {
  start({ execArgv: ['--no-such-option-of-node'] })
} catch (error) {
  seen.push(describe(error))
}
print(seen)
