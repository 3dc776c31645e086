/** Blocks in many places, and prints what was warned of. */
import { dual } from '@ambisync/core'
import { callerDetector } from '@ambisync/detect'

const options = process.env.WARN === 'false' ? { warn: false } : {}
const detector = callerDetector(options)
const pair = (sync) =>
  dual({ sync, async: Object.defineProperty(async () => {}, 'name', { value: sync.name }) }, { detector })
const echo = pair(function echo(x) {
  return x
})

async function twice() {
  for (let i = 0; i < 2; i++) {
    echo.sync(i)
    echo.sync(i)
  }
}
const failing = async () => {
  pair(function fail() {
    throw new Error('on purpose')
  }).sync()
}
const callback = async () => [1].map((x) => echo.sync(x))
const choosing = async () => await echo.auto(1)

const warnings = []
// Not written to the console as well.
process.removeAllListeners('warning')
process.on('warning', ({ name, code, message, detail }) => warnings.push({ name, code, message, detail }))

// The top level of a module is not inside a function.
echo.sync(0)
await twice()
await twice()
await failing().catch(() => {})
await failing().catch(() => {})
await callback()
await choosing()
await new Promise((resolve) => setImmediate(resolve))
console.log(JSON.stringify(warnings))
