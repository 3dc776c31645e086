import { fixtures } from '@ambisync/conformance/fixtures'
import { describeAdapter } from '@ambisync/conformance/vitest'
import { RedisServer } from '@ambisync-apps/redis-server'
import { afterAll } from 'vitest'
import { ServerProcess } from './server-process.ts'

// Each call is by itself, which is what is declared, where the server's own adapter has it so. What runs out of memory needs a
// limit to do so in time.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-old-space-size=512`

const redis = await RedisServer.start()
const modules = Object.fromEntries(Object.entries(fixtures).map(([name, url]) => [name, url.href]))
const server = await ServerProcess.start({
  connection: redis.url,
  modules,
  adapter: 'child-process, one per call',
  concurrency: 32,
  payloadLimit: 512 * 1_024 * 1_024,
})

afterAll(async () => {
  await server.kill()
  await redis.stop()
})

describeAdapter({
  name: 'bullmq',
  create: new URL('./create.js', import.meta.url),
  configurations: { 'by default': { connection: redis.url, payloadLimit: 512 * 1_024 * 1_024 } },
})
