import { closeSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { print, start } from './start.js'

const [folder] = process.argv.slice(2)
process.env.FROM_CALLER = 'yes'
const given = start({
  cwd: folder,
  env: { ONLY: 'this' },
  execArgv: ['--no-warnings'],
  execPath: process.execPath,
  maxOldSpaceMb: 77,
})
const path = join(folder, 'out')
const descriptor = openSync(path, 'w')
const elsewhere = start({ stdio: ['ignore', descriptor, 'ignore'] })
elsewhere.tasks.printEverything.sync(2)
closeSync(descriptor)
// The module is not theirs to read, where the house is root's.
const { loop } = start({ uid: 65_534, gid: 65_534, cwd: '/' })
const asNobody = (task) => {
  if (process.getuid?.() !== 0) return undefined
  const { value, reason } = loop.inline(task).submit().outcome()
  return value ?? reason.signal ?? reason.name
}
print({
  given: given.tasks.environment.sync(),
  inherited: start().tasks.environment.sync().env.FROM_CALLER,
  printed: readFileSync(path, 'utf8'),
  nobody: asNobody(() => [process.getuid(), process.getgid()]),
  died: asNobody(() => process.kill(process.pid, 'SIGKILL')),
  tmpdir: tmpdir(),
})
