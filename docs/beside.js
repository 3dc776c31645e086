/**
 * What the programs of a document need beside them: a Redis of their own, where one of its files speaks of REDIS_URL, and
 * each `server….js`, which runs until they are done.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { RedisServer } from '@ambisync-apps/redis-server'

/**
 * @param {string} folder that has the files
 * @param {Readonly<Record<string, string>>} files texts by name
 * @param {NodeJS.ProcessEnv} [env] what the servers are started with
 * @returns {Promise<{ env: Readonly<Record<string, string>>, stop: () => Promise<void> }>} `env` is what programs get besides
 */
export async function startBeside(folder, files, env = process.env) {
  if (!Object.values(files).some((code) => code.includes('REDIS_URL'))) return { env: {}, stop: async () => {} }
  const redis = await RedisServer.start()
  const more = { REDIS_URL: redis.url }
  const servers = Object.keys(files)
    .filter((name) => /^server[\w-]*\.js$/.test(name))
    .map((name) => {
      return spawn(process.execPath, [name], {
        cwd: folder,
        env: { ...env, ...more },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
    })
  const stop = async () => {
    for (const server of servers) server.kill('SIGKILL')
    await redis.stop()
  }
  // They print something once they serve.
  await Promise.all(
    servers.map(async (server) => {
      const ended = once(server, 'exit').then(() => Promise.reject(new Error('a server of the document has ended')))
      ended.catch(() => {})
      await Promise.race([once(server.stdout, 'data'), ended])
      server.stdout.resume()
    }),
  ).catch(async (error) => {
    await stop()
    throw error
  })
  return { env: more, stop }
}
