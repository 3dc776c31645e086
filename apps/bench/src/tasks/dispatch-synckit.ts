import { runAsWorker } from 'synckit'
import { dispatch } from './dispatch.js'

runAsWorker(dispatch)
