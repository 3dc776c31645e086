import { print, start } from './start.js'

process.env.FROM_CALLER = 'yes'
const { workerData, argv, env } = start().tasks.environment.sync()
print({ workerData, argv, fromCaller: env.FROM_CALLER })
