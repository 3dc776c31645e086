import { runAsWorker } from '@ambisync/synckit'

runAsWorker(async (...numbers) => numbers.reduce((sum, number) => sum + number, 0))
