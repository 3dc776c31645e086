import { readFile } from 'node:fs/promises'
import { runAsWorker } from '@ambisync/synckit'

runAsWorker(async (path) => {
  const digest = await crypto.subtle.digest('SHA-256', await readFile(path))
  return Buffer.from(digest).toString('hex').slice(0, 8)
})
