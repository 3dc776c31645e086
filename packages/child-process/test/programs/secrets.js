// What others can see of the processes while arguments, results and code cross.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print, start } from './start.js'

// The name of a loop takes the place of the command line, so this notes what the process was started with.
const folder = mkdtempSync(join(tmpdir(), 'ambisync-'))
const noted = join(folder, 'noted')
const execPath = join(folder, 'node')
writeFileSync(execPath, `#!/bin/sh\n(echo "$@"; env) > "${noted}"\nexec "${process.execPath}" "$@"\n`)
chmodSync(execPath, 0o755)

const secret = ['a', 'secret', 'of', 'this', 'call'].join('-')
const { loop, tasks } = start({ execPath })
const ofTask = tasks.visible.sync(secret)
// As source it is code of the module, and an argument, and the result.
const answer = loop.inline(async (text) => `inline-source-${text}`).sync(secret)
const pid = tasks.pid.sync()
const now = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1')).join('\n')
const atStart = readFileSync(noted, 'utf8')
const all = [ofTask.cmdline, ofTask.environ, now, atStart].join('\n')
print({
  answer,
  hasSecret: all.includes(secret),
  hasSource: all.includes('inline-source'),
  hasModule: all.includes('tasks.js'),
  commandLine: atStart.split('\n')[0].replace(/\S*\//, ''),
  listening: [...tasks.listening.sync(), ...tasks.listening.sync(process.pid)],
  // Standard output may be a socket; nothing else is.
  inherited: tasks.inheritedDescriptors.sync().filter((fd) => Number(fd) > 2),
})
rmSync(folder, { recursive: true })
