import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argument, start } from './start.ts'

const folder = mkdtempSync(join(tmpdir(), 'ambisync-'))
const go = join(folder, 'go')
const printed = join(folder, 'printed')

const { tasks } = await start({ output: 'relay' })
await tasks.answerAndPrint.async('printed after the answer', go, printed)
// This thread takes in nothing meanwhile.
writeFileSync(go, '')
while (!existsSync(printed));
rmSync(folder, { recursive: true })
process.on('exit', () => console.log('exit', tasks.echo.sync('and the loop still answers')))
if (argument(0) === 'exit') process.exit()
