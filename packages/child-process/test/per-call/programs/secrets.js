import { print, start } from './start.js'

const secret = 'hardly-anybody-has-this'
const { loop, tasks } = start()
const inline = loop.inline(async (text) => {
  const { readFileSync } = await import('node:fs')
  const seen = [process.argv.join(), JSON.stringify(process.env), process.execArgv.join()]
  if (process.platform === 'linux') seen.push(readFileSync('/proc/self/cmdline', 'utf8'))
  return seen.filter((each) => each.includes(text) || each.includes('hardly-anybody-has-this')).length
})
print({
  sync: tasks.visibleToAll.sync(secret),
  async: await tasks.visibleToAll.async(secret),
  code: inline.sync(secret),
})
