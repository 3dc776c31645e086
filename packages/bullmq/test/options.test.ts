import { type BullmqOptions, bullmq, queueStatus, type ServeOptions, serve } from '@ambisync/bullmq'
import { workerThreads } from '@ambisync/worker-threads'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'

const modules = { tasks: new URL('./tasks/tasks.js', import.meta.url) }

describe('options of bullmq that cannot be right', () => {
  it.each<[Record<string, unknown>, ErrorConstructor | TypeErrorConstructor | RangeErrorConstructor, RegExp]>([
    [{ atempts: 1 }, TypeError, /"atempts" is not an option of bullmq; the options are: connection, queue/],
    [{ connection: 'localhost:6379' }, TypeError, /must be a URL that begins with redis:\/\/ or rediss:\/\//],
    [{ connection: 'http://:secret@localhost' }, TypeError, /^connection must be a URL that begins with redis/],
    [{ connection: 6379 }, TypeError, /connection must be a URL or an object of options of ioredis, not a number/],
    [{ connection: { retryStrategy: () => 1 } }, TypeError, /connection.retryStrategy must be data/],
    [{ connection: { keyPrefix: 'x' } }, TypeError, /connection.keyPrefix cannot be set: .*"prefix" is for that/],
    [{ connection: { maxRetriesPerRequest: 1 } }, TypeError, /connection.maxRetriesPerRequest cannot be set/],
    [{ connection: { socketTimeout: 100 } }, RangeError, /connection.socketTimeout must be 15000 at least/],
    [{ queue: 'a:b' }, TypeError, /queue must be a name without ":", not "a:b"/],
    [{ queue: '' }, TypeError, /queue must be a name/],
    [{ prefix: '' }, TypeError, /prefix must be a string that is not empty, not ""/],
    [{ attempts: 0 }, RangeError, /attempts must be a whole number from 1 up, not 0/],
    [{ attempts: '3' }, TypeError, /attempts must be a whole number from 1 up, not "3"/],
    [{ backoff: -1 }, RangeError, /backoff must be a number of milliseconds/],
    [
      { backoff: { type: 'linear', delay: 1 } },
      TypeError,
      /backoff.type must be 'fixed' or 'exponential', not "linear"/,
    ],
    [{ backoff: { type: 'fixed' } }, TypeError, /backoff.delay must be a number/],
    [{ backoff: { type: 'fixed', delay: 1, jitter: 2 } }, RangeError, /backoff.jitter must be a number from 0 to 1/],
    [{ priority: 2 ** 22 }, RangeError, /priority must be a whole number from 1 to 2097152/],
    [{ removeOnComplete: true }, TypeError, /removeOnComplete must be how many to keep, or { age }/],
    [{ removeOnComplete: 0 }, RangeError, /removeOnComplete must be a whole number from 1 up/],
    [{ removeOnFail: { count: 1 } }, TypeError, /removeOnFail.age must be a whole number/],
    [{ payloadLimit: 1.5 }, RangeError, /payloadLimit must be a whole number from 1 up, not 1.5/],
    [{ connectTimeout: -1 }, RangeError, /connectTimeout must be a whole number from 1 to 2147483647, not -1/],
    [{ reconnectTimeout: Number.NaN }, RangeError, /reconnectTimeout must be a number of milliseconds/],
  ])('%j', (options, ErrorClass, message) => {
    const create = (): unknown => bullmq(options as BullmqOptions)
    expect(create).toThrow(ErrorClass)
    expect(create).toThrow(message)
  })

  it('a client in place of its options', () => {
    const client = new Redis({ lazyConnect: true })
    expect(() => bullmq({ connection: client as never })).toThrow(
      /must be the options of a client of ioredis, not a client/,
    )
  })

  it('and the password is in no message', () => {
    const connection = 'postgres://user:secret-of-mine@localhost'
    expect(() => bullmq({ connection })).toThrow(expect.not.stringContaining('secret-of-mine'))
  })
})

describe('options of serve that cannot be right', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown one', { module: 1 }, /"module" is not an option of serve/],
    ['no adapter', { adapter: undefined }, /adapter must be an adapter, such as workerThreads\(\), not undefined/],
    ['an adapter of queues', { adapter: bullmq() }, /adapter must be one that runs modules of this machine/],
    ['no modules', { modules: undefined }, /modules must be an object of modules by name/],
    ['an empty name', { modules: { '': './a.js' } }, /modules has a module without a name/],
    ['what is no module', { modules: { a: 1 } }, /modules.a must be a URL or a path, not 1/],
    ['no concurrency', { concurrency: 0 }, /concurrency must be a whole number from 1 up, not 0/],
    ['half a loop', { loops: 0.5 }, /loops must be a whole number from 1 up, not 0.5/],
    ['no grace', { grace: -1 }, /grace must be a number of milliseconds/],
    ['a hasty look', { stalledInterval: 10 }, /stalledInterval must be a whole number from 100 to 2147483647, not 10/],
    ['fewer than none', { maxStalledCount: -1 }, /maxStalledCount must be a whole number from 0 up, not -1/],
    ['what hears nothing', { onEvent: 'log' }, /onEvent must be a function, not "log"/],
  ])('%s', async (_, options, message) => {
    await expect(serve({ modules, adapter: workerThreads(), ...options } as ServeOptions)).rejects.toThrow(message)
  })
})

it('options of queueStatus that cannot be right', async () => {
  await expect(queueStatus({ que: 'x' } as never)).rejects.toThrow('"que" is not an option of queueStatus')
})
