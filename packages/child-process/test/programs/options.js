import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { print, start } from './start.js'

process.env.FROM_CALLER = 'yes'
const own = start({}, { name: 'named by its loop' }).tasks
const { env, ...rest } = own.environment.sync()
const given = start({
  persistent: true,
  cwd: pathToFileURL(tmpdir()),
  env: { ONLY: 'this', NOT: undefined },
  execArgv: ['--no-warnings'],
  execPath: process.execPath,
  uid: process.getuid(),
  gid: process.getgid(),
  maxOldSpaceMb: 100,
  stdio: ['ignore', 'inherit', 'inherit'],
}).tasks
const limit = given.heapLimit.sync()
print({
  inherited: { ...rest, fromCaller: env.FROM_CALLER, isOther: own.pid.sync() !== process.pid },
  given: { ...given.environment.sync(), input: given.readInput.sync(), limit: limit > 90 && limit < 200 },
})
