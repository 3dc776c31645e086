import { startPool } from '@ambisync/core'
import { loadTasks } from '../tasks.ts'

const [module = '', options = '{}'] = process.argv.slice(2)
const { create } = await import(module)
const tasks = loadTasks(startPool({ adapter: create(JSON.parse(options)), size: 1 }))
// Nobody looks at this one; the one behind it is awaited, and waits for it.
tasks.later.submit(50)
console.log(await tasks.echo.async('waited'))
tasks.echo.submit('unwatched')
console.log('last line')
