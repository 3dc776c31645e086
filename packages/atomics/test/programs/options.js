import { print, start } from './start.js'

const options = { env: { ONLY: 'this' }, argv: ['--flag'], execArgv: ['--no-warnings'], workerData: { some: ['data'] } }
print(start({ ...options, name: 'a-name', ringSize: 4_096 }).tasks.environment.sync())
