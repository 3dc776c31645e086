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
const other = process.getuid?.() === 0 ? start({ uid: 65_534, gid: 65_534, cwd: '/' }).tasks : undefined
const { loop } = start({ uid: 65_534, gid: 65_534, cwd: '/' })
print({
  given: given.tasks.environment.sync(),
  inherited: start().tasks.environment.sync().env.FROM_CALLER,
  printed: readFileSync(path, 'utf8'),
  // The module is not theirs to read, where the house is root's.
  nobody: other === undefined ? undefined : loop.inline(() => [process.getuid(), process.getgid()]).sync(),
  died:
    other === undefined
      ? undefined
      : loop
          .inline(() => process.kill(process.pid, 'SIGKILL'))
          .submit()
          .outcome().reason.signal,
  tmpdir: tmpdir(),
})
