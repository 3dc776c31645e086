import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attach, bullmq, queueStatus } from '@ambisync/bullmq'
import { type Loop, NotSupportedError, startLoop } from '@ambisync/core'
import { RedisServer } from '@ambisync-apps/redis-server'
import { type Job, Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { ServerProcess } from './server-process.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

function load(loop: Loop) {
  return loop.load<typeof import('./tasks/tasks.js')>('tasks')
}

it('over TLS: with the certificate at hand it works, and without it is refused, and said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-tls-'))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject]
  execFileSync('openssl', [...request, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
  const redis = await RedisServer.start({ tls: { key, certificate } })
  const connection = { host: '127.0.0.1', port: redis.port, tls: { ca: readFileSync(certificate, 'utf8') } }
  const server = await ServerProcess.start({ connection })
  const loop = startLoop({ adapter: bullmq({ connection }) })
  expect(load(loop).add.sync(1, 2)).toBe(3)
  await loop.stop()
  await server.close()
  const other = startLoop({ adapter: bullmq({ connection: `rediss://127.0.0.1:${redis.port}` }) })
  await expect(load(other).add.async(1, 2)).rejects.toThrow(/cannot be spoken to by TLS \(self-signed certificate\)/)
  await other.stop()
  await redis.stop()
  rmSync(folder, { recursive: true })
})

it('by a user who may do what the README says, and nothing else', async () => {
  const rule = /A user needs `([^`]+)` on the keys `([^`]+)` .* and the channels `([^`]+)`/.exec(readme)
  const [, commands = '', keys, channels] = rule ?? []
  const redis = await RedisServer.start()
  const admin = new Redis(redis.url)
  await admin.call('ACL', 'SETUSER', 'worker', 'on', '>word', ...commands.split(' '), `~${keys}`, `&${channels}`)
  await admin.call('ACL', 'SETUSER', 'default', 'resetpass', '>admin')
  const connection = `redis://worker:word@127.0.0.1:${redis.port}`
  const server = await ServerProcess.start({ connection, stalledInterval: 500 })
  const loop = startLoop({ adapter: bullmq({ connection, attempts: 2 }) })
  const tasks = load(loop)
  expect(tasks.add.sync(1, 2)).toBe(3)
  expect(tasks.text.sync(50_000)).toHaveLength(50_000)
  const future = tasks.pause.submit(20)
  expect(attach(loop, `${future.id}`).result()).toBe(20)
  expect(() => tasks.pause.with({ timeout: 50 }).sync(60_000)).toThrow('pause did not finish within 50 ms')
  expect(() => loop.load<{ none(): void }>('tasks').none.sync()).toThrow(TypeError)
  expect((await queueStatus({ connection })).servers).toHaveLength(1)
  expect(String(loop.explain())).toContain('one server serves')
  await loop.stop()
  await server.close()
  expect(server.events.filter(({ event }) => event === 'error')).toEqual([])
  admin.disconnect()
  await redis.stop()
})

it('no source text: an inline function is refused', () => {
  const loop = startLoop({ adapter: bullmq(), start: 'on-demand' })
  expect(() => loop.inline(() => 1)).toThrow(NotSupportedError)
  loop.stopSync()
})

async function stateInTheEnd(job: Job): Promise<string> {
  for (;;) {
    const state = await job.getState()
    // One whose time is up is not kept.
    if (state === 'failed' || state === 'completed' || state === 'unknown') return state
  }
}

describe('what somebody else has put into the queue', () => {
  it('is data: it fails by itself, and neither harms the server nor gets at anything', async () => {
    const redis = await RedisServer.start()
    const server = await ServerProcess.start({ connection: redis.url })
    const client = new Redis(redis.url, { maxRetriesPerRequest: null })
    const queue = new Queue('ambisync', { connection: client })
    const call = { module: 'tasks', export: 'echo' }
    const garbage = Array.from({ length: 50 }, (_, seed) =>
      Buffer.from(Uint8Array.from({ length: 64 }, (_, index) => (seed * 31 + index * index * 7) % 256)).toString(
        'base64',
      ),
    )
    const header = Buffer.from([0xff, 0x0f])
    const hostile = [
      ...garbage.map((clone) => ({ ...call, clone })),
      ...garbage.map((text) => ({
        ...call,
        clone: Buffer.concat([header, Buffer.from(text, 'base64')]).toString('base64'),
      })),
      { ...call, module: '__proto__', args: [] },
      { ...call, module: 'file:///etc/passwd', args: [] },
      { ...call, module: 'node:fs', args: [] },
      { ...call, export: '__proto__', args: [] },
      { ...call, export: 'toString', args: [] },
      { ...call, expires: -1, args: [] },
      { ...call, expires: 1e308, args: [] },
      { ...call, args: JSON.parse('[{ "then": 1 }, { "__proto__": { "then": 2 } }]') },
    ]
    for (const text of ['{', 'null', '7', '{"jobId":"x","timestamp":1,"reason":"AAAA"}'])
      await client.publish('bull:ambisync:ambisync:cancel', text)
    const jobs = await Promise.all(hostile.map((data) => queue.add('hostile', data)))
    const loop = startLoop({ adapter: bullmq({ connection: redis.url }) })
    const tasks = load(loop)
    expect(tasks.add.sync(1, 2)).toBe(3)
    const states = await Promise.all(jobs.map(stateInTheEnd))
    expect(states.slice(0, 50).every((state) => state === 'failed')).toBe(true)
    const errors = server.events.filter(({ event }) => event === 'error')
    expect(errors.every((each) => 'error' in each && each.error.startsWith('a cancellation cannot be read'))).toBe(true)
    expect(server.count('stopped')).toBe(0)
    await loop.stop()
    await server.close()
    client.disconnect()
    await redis.stop()
  })
})
