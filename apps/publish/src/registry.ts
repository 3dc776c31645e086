import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runServer } from 'verdaccio'

export interface Registry {
  /** On this machine, with a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

/** An npm registry on the loopback address, with nothing behind it: what it does not have is not there. */
export async function startRegistry(folder: string): Promise<Registry> {
  const server: Server = await runServer({
    self_path: folder,
    storage: join(folder, 'storage'),
    uplinks: {},
    packages: {
      '@ambisync/*': { access: '$all', publish: '$all' },
      ambisync: { access: '$all', publish: '$all' },
    },
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    log: { type: 'stdout', format: 'pretty', level: 'fatal' },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
