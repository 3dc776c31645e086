// A blocked thread that has nothing to do, and an empty event loop, take no processor time; a deadline is kept.
const { startLoop } = require('@ambisync/core')
const { deasync } = require('@ambisync/deasync')

const loop = startLoop({ adapter: deasync() })
const never = loop.inline(() => new Promise(() => {}))
const used = {}
for (const ms of [0.3, 400]) {
  const before = process.cpuUsage()
  const begin = performance.now()
  try {
    never.with({ timeout: ms }).sync()
  } catch (error) {
    const { user, system } = process.cpuUsage(before)
    used[ms] = { name: error.name, inTime: performance.now() - begin >= ms, busy: (user + system) / 1_000 > 100 }
  }
}
console.log(JSON.stringify(used))
