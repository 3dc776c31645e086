// A task that has a loop of its own, and waits for it and for its caller in turn.
import { print, start } from './start.js'

const { loop } = start()
const nested = loop.inline(async (url, times, f) => {
  const { start } = await import(url)
  const own = start().tasks
  let sum = 0
  for (let time = 0; time < times; time++) sum += own.echo.sync(time) + f.sync(time)
  return sum
})
print(nested.sync(new URL('./start.js', import.meta.url).href, 200, (value) => value))
