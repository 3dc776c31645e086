import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { blocking } from '../blocking.ts'
import { longText } from '../long-text.ts'
import { argument, start } from './start.ts'

const folder = mkdtempSync(join(tmpdir(), 'ambisync-'))
const go = join(folder, 'go')
const printed = join(folder, 'printed')

const { tasks } = await start({ output: 'relay' })
const how = argument(0)
// More than a pipe takes at once, where the process ends by itself and so has the time.
await tasks.answerAndPrint.async(how === 'end' ? longText : 'printed after the answer', go, printed)
const future = tasks.echo.submit('answered')
// The last thing in a turn of the event loop, which does not look for messages after it; nor does this thread meanwhile.
await new Promise(setImmediate)
writeFileSync(go, '')
while (!existsSync(printed));
rmSync(folder, { recursive: true })
// What had come before is not lost to an exit listener that still makes calls.
if (how === 'call at exit') process.on('exit', () => console.log(future.result(), tasks.echo.sync('again')))
if (how !== 'end') await blocking(() => process.exit())
