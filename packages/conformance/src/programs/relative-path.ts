import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { blocking } from '../blocking.ts'
import { fixtureUrls } from '../tasks.ts'
import { start } from './start.ts'

const { loop } = await start()
const before = process.cwd()
process.chdir(dirname(fileURLToPath(fixtureUrls['other-tasks'])))
const other = loop.load<typeof import('../fixtures/other-tasks.js')>('./other-tasks.js')
process.chdir(before)
console.log(await blocking(() => other.whoAmI.sync()))
