import { runAsWorker } from 'synckit'
import { echo } from './echo.js'

runAsWorker(echo)
