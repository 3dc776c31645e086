import { bullmq } from '@ambisync/bullmq'
import { startLoop, type Tasks } from '@ambisync/core'
import { BareCaller } from './bare-caller.ts'
import { concurrency } from './sizes.ts'
import { type ServerProcess, startServer } from './start-server.ts'

/** BullMQ by itself and ambisync, each with a queue of its own on the same Redis, and a server in a process of its own. */
export interface Both {
  readonly bare: BareCaller
  readonly bareServer: ServerProcess
  readonly add: Tasks<typeof import('../tasks/add.js')>['add']
  readonly ownServer: ServerProcess
}

export async function startBoth(url: string): Promise<Both> {
  const bareServer = await startServer('bare-server', { url, queue: 'bare', concurrency: concurrency.add })
  const ownServer = await startServer('own-server', { url, queue: 'own', concurrency: concurrency.add })
  const loop = startLoop({ adapter: bullmq({ connection: url, queue: 'own' }) })
  const { add } = loop.load<typeof import('../tasks/add.js')>('add')
  return { bare: await BareCaller.connect(url, 'bare'), bareServer, add, ownServer }
}
