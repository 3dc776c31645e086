import { startLoop } from '@ambisync/core'
import { deasync } from '@ambisync/deasync'

const loop = startLoop({ adapter: deasync() })
let begun = 0
const count = loop.inline(() => ++begun)
const attempts = []
function attempt(run) {
  try {
    attempts.push(run())
  } catch ({ name, message }) {
    attempts.push({ name, message })
  }
}
attempt(() => count.sync())
const future = count.submit()
attempt(() => future.result())
attempt(() => future.result(0))
attempts.push(await future)
attempt(() => count.sync())
attempt(() => loop.stopSync())
await new Promise((resolve) => setTimeout(resolve, 20))
attempts.push(begun, loop.state)
console.log(JSON.stringify(attempts))
