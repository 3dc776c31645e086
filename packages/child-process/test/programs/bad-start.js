// Processes that cannot start, seen from a blocked thread and from one that is not.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, print, start } from './start.js'

const folder = mkdtempSync(join(tmpdir(), 'ambisync-'))
const file = join(folder, 'file')
writeFileSync(file, '')
chmodSync(file, 0o644)
const seen = {}
for (const [name, options] of Object.entries({
  execPath: { execPath: '/no/such/node' },
  notExecutable: { execPath: file },
  cwd: { cwd: '/no/such/folder' },
  cwdIsFile: { cwd: file },
  execArgv: { execArgv: ['--no-such-option-of-node'] },
  preload: { execArgv: ['--require', './no-such-preload.cjs'], stdio: 'ignore' },
  notNode: { execPath: '/bin/true' },
  descriptor: { stdio: ['ignore', 'inherit', 999] },
})) {
  const { tasks } = start(options)
  const blocked = describe(tasks.echo.submit(1).outcome().reason)
  const awaited = await start(options)
    .tasks.echo.async(1)
    .catch((error) => describe(error))
  seen[name] = { blocked, sameAwaited: awaited.cause === blocked.cause && awaited.code === blocked.code }
}
rmSync(folder, { recursive: true })
print(seen)
