import { mkdirSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { runServer } from 'verdaccio'

export interface Registry {
  /** On this machine, with a slash at its end. */
  readonly url: string
  close(): Promise<void>
}

/** An npm registry on the loopback address, with nothing behind it: what it does not have is not there. */
export async function startRegistry(folder: string): Promise<Registry> {
  const config = join(folder, 'config.json')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    config,
    JSON.stringify({
      storage: join(folder, 'storage'),
      uplinks: {},
      packages: {
        '@ambisync/*': { access: '$all', publish: '$all' },
        ambisync: { access: '$all', publish: '$all' },
      },
      auth: { htpasswd: { file: join(folder, 'htpasswd') } },
      logs: { type: 'stdout', format: 'pretty', level: 'fatal' },
    }),
  )
  const server: Server = await runServer(config)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the registry listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        // Clients keep connections for what may come.
        server.closeAllConnections()
      }),
  }
}
