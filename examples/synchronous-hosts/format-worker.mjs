import { runAsWorker } from '@ambisync/synckit'
import { format } from 'prettier'

runAsWorker(async (text, options) => (await format(text, options)).trimEnd())
