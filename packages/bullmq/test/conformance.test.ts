import { cases, concerns, processCases } from '@ambisync/conformance'
import { fixtures } from '@ambisync/conformance/fixtures'
import { CaseRunner, caseLimit } from '@ambisync/conformance/node-runner'
import type { Adapter } from '@ambisync/core'
import { RedisServer } from '@ambisync-apps/redis-server'
import { afterAll, describe, it } from 'vitest'
import { ServerProcess } from './server-process.ts'

const create = new URL('./create.js', import.meta.url)

// Each call is by itself, which is what is declared, where the server's own adapter has it so: a process for each, which takes
// ten minutes for all of the suite. What runs out of memory needs a limit to do so in time.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-old-space-size=512`
const every = process.env.AMBISYNC_BULLMQ === 'all' ? 1 : 4

/** As large as the suite's largest values. */
const payloadLimit = 512 * 1_024 * 1_024

const redis = await RedisServer.start()
const server = await ServerProcess.start({
  connection: redis.url,
  modules: Object.fromEntries(Object.entries(fixtures).map(([name, url]) => [name, url.href])),
  adapter: 'child-process, one per call',
  concurrency: 32,
  payloadLimit,
})
const options = { connection: redis.url, payloadLimit }
const runner = new CaseRunner(create, options)

afterAll(async () => {
  await runner.close()
  await server.kill()
  await redis.stop()
})

describe('bullmq, by default', async () => {
  const { capabilities }: Adapter = (await import(create.href)).create(options)
  const concerning = [...cases, ...processCases].filter((each) => concerns(each, capabilities))
  const chosen = concerning.filter((_, index) => index % every === 0)
  for (const { name } of chosen) it(name, () => runner.run(name), caseLimit + 5_000)
})
