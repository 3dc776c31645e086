import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blocking } from '../blocking.ts'
import { start } from './start.ts'

const folder = mkdtempSync(join(tmpdir(), 'ambisync-'))
const mark = join(folder, 'lock')
const left = (): string => (existsSync(mark) ? readFileSync(mark, 'utf8') : 'nothing')

const { loop, tasks } = await start()
const { reason } = (await blocking(() => tasks.exitSlowly.submit(100, mark).outcome())) as PromiseRejectedResult
console.log(`${reason.name} after ${left()}`)
rmSync(mark)

// Stopped in good order, the handlers of the tasks run as well.
await blocking(() => tasks.releaseAtExit.sync(100, mark))
await blocking(() => loop.stopSync())
console.log(`${loop.state} after ${left()}`)
rmSync(folder, { recursive: true })
