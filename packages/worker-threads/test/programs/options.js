import { print, start } from './start.js'

const options = {
  name: 'a-name',
  env: { ONLY: 'this' },
  argv: ['--flag'],
  execArgv: ['--no-warnings'],
  workerData: { some: ['data'] },
}
print(start(options).tasks.environment.sync())
