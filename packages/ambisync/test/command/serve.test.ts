import { once } from 'node:events'
import { symlinkSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bullmq, queueStatus } from '@ambisync/bullmq'
import { RedisServer } from '@ambisync-apps/redis-server'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startLoop } from '../../src/index.ts'
import { emptyFolder, install, withFiles } from '../installed-folder.ts'
import { runCommand, runNode } from '../run.ts'
import { type LoggedEvent, ServeProcess } from '../serve-process.ts'

/** `hold` prints `begun`, so that a test knows when to go on, and ends half a second after the test has written a file. */
const tasks = `
  import { existsSync } from 'node:fs'
  import { setTimeout } from 'node:timers/promises'
  export const double = async (value) => value * 2
  export const hold = async (value, file) => {
    console.log('begun')
    while (!existsSync(file)) await setTimeout(10)
    await setTimeout(500)
    return value
  }
  export const tellSecrets = async () => { throw new Error('no connection to ' + process.env.REDIS_URL) }
`

interface Tasks {
  double(value: number): Promise<number>
  hold(value: string, file: string): Promise<string>
  tellSecrets(): Promise<void>
}

/** A file that there never is. */
const never = 'no such file'

/** A file that is not there yet, and what writes it. */
function newFile(): { readonly file: string; readonly write: () => void } {
  const cwd = emptyFolder()
  return { file: join(cwd, 'now'), write: () => void withFiles(cwd, { now: '' }) }
}

let redis: RedisServer

beforeAll(async () => {
  redis = await RedisServer.start()
})

afterAll(() => redis.stop())

const folder = (): string =>
  withFiles(emptyFolder(), {
    'tasks.js': tasks,
    'broken.js': 'not javascript(',
    'fails.js': "throw new Error('at import\\nand more')",
    'typed.ts': 'export const double = async (value: number): Promise<number> => value * 2\n',
  })

let queues = 0

/** A queue of its own, and the arguments that name it. */
function newQueue(): { readonly queue: string; readonly place: readonly string[] } {
  const queue = `q${++queues}`
  return { queue, place: ['--queue', queue, '--redis', redis.url] }
}

/** A server of `tasks.js`, once it has started. */
async function start(place: readonly string[], args: readonly string[] = []): Promise<ServeProcess> {
  const server = new ServeProcess(['./tasks.js', ...place, ...args], { cwd: folder() })
  await server.event('started')
  return server
}

/** The functions of a module that is served on the queue. */
function callers<M = Tasks>(queue: string, module = 'tasks', connection = redis.url) {
  const loop = startLoop({ adapter: bullmq({ connection, queue }), name: queue })
  // What a test has left undone is of no interest any more.
  onTestFinished(() => loop.stop({ timeout: 0 }).catch(() => {}))
  return loop.load<M>(module)
}

const names = (events: readonly LoggedEvent[]): readonly string[] => events.map(({ event }) => event)

it('runs the calls of a queue, and logs each event as a line of JSON, until SIGTERM', async () => {
  const { queue, place } = newQueue()
  const server = await start(place, ['--name', 'reports', '--concurrency', '3'])
  expect(await callers(queue, 'reports').double.async(21)).toBe(42)
  const completed = await server.event('completed')
  expect(completed).toMatchObject({ name: 'reports.double', attempt: 1, call: expect.any(String) })
  server.signal('SIGTERM')
  expect(await server.ended).toEqual({ exitCode: 0, stderr: '' })
  expect(names(server.events)).toEqual(['started', 'completed', 'draining', 'stopped'])
  expect(server.events[0]).toMatchObject({ modules: ['reports'], concurrency: 3 })
  for (const line of server.stdout.split('\n')) {
    const event: LoggedEvent = JSON.parse(line)
    expect(Object.keys(event).slice(0, 2)).toEqual(['time', 'event'])
    expect(new Date(event.time).toISOString()).toBe(event.time)
  }
})

it.each(['worker-threads', 'atomics', 'child-process', 'child-process, one per call'])(
  'runs them on %s',
  async (adapter) => {
    const { queue, place } = newQueue()
    const server = await start(place, ['--adapter', adapter, '--loops', '2'])
    expect(await callers(queue).double.async(4)).toBe(8)
    server.signal('SIGTERM')
    expect(await server.ended).toEqual({ exitCode: 0, stderr: '' })
  },
)

it('serves several modules, by the names that they are given or by those of their files', async () => {
  const { queue, place } = newQueue()
  const cwd = withFiles(folder(), { 'a=b/pages.mjs': 'export const title = async () => "a page"' })
  const server = new ServeProcess(['reports=./tasks.js', './a=b/pages.mjs', ...place], { cwd })
  expect(await server.event('started')).toMatchObject({ modules: ['reports', 'pages'] })
  expect(await callers(queue, 'reports').double.async(1)).toBe(2)
  expect(await callers<{ title(): Promise<string> }>(queue, 'pages').title.async()).toBe('a page')
})

describe('modules in TypeScript', () => {
  it('are served where Node.js loads them, and refused with a remedy where it does not', async () => {
    const { queue, place } = newQueue()
    const server = new ServeProcess(['./typed.ts', ...place], { cwd: folder() })
    if ('typescript' in process.features && process.features.typescript) {
      await server.event('started')
      expect(await callers(queue, 'typed').double.async(2)).toBe(4)
    } else {
      const { exitCode, stderr } = await server.ended
      expect(exitCode).toBe(1)
      expect(stderr).toMatch(/^error: .*typed\.ts.* NODE_OPTIONS="--import \.\/register-tsx\.js".*\n$/)
    }
  })

  it('are loaded by tsx as that remedy says', async () => {
    const { queue, place } = newQueue()
    const cwd = withFiles(folder(), {
      'register-tsx.js': "import { register } from 'tsx/esm/api'\nregister()\n",
      'node_modules/.keep': '',
    })
    symlinkSync(
      fileURLToPath(new URL('../../node_modules/tsx', import.meta.url)),
      `${cwd}/node_modules/tsx`,
      'junction',
    )
    const env = { NODE_OPTIONS: '--import ./register-tsx.js' }
    const server = new ServeProcess(['./typed.ts', ...place], { cwd, env })
    await server.event('started')
    expect(await callers(queue, 'typed').double.async(3)).toBe(6)
  })
})

describe('the end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('at %s what runs is done, and its caller has the value', async (signal) => {
    const { queue, place } = newQueue()
    const { file, write } = newFile()
    const server = await start(place)
    const result = callers(queue).hold.async('done', file)
    await server.line('begun')
    server.signal(signal)
    // npm passes on what the terminal has sent to both.
    server.signal(signal)
    expect(await server.event('draining')).toMatchObject({ running: 1 })
    write()
    expect(await server.ended).toEqual({ exitCode: 0, stderr: '' })
    expect(await result).toBe('done')
    expect(names(server.events)).toEqual(['started', 'draining', 'completed', 'stopped'])
    expect(server.events.at(-1)).toMatchObject({ abandoned: 0 })
  })

  it('takes no more calls: they are left to other servers', async () => {
    const { queue, place } = newQueue()
    const { file, write } = newFile()
    const server = await start(place, ['--concurrency', '1'])
    const { hold, double } = callers(queue)
    const first = hold.async('done', file)
    await server.line('begun')
    const second = double.async(5)
    await expect
      .poll(() => queueStatus({ connection: redis.url, queue }), { timeout: 30_000 })
      .toMatchObject({ waiting: 1 })
    server.signal('SIGTERM')
    await server.event('draining')
    write()
    await server.ended
    expect(await first).toBe('done')
    expect(names(server.events)).toEqual(['started', 'draining', 'completed', 'stopped'])
    await start(place)
    expect(await second).toBe(10)
  })

  it('what is not done within --drain-timeout runs again on another server', async () => {
    const { queue, place } = newQueue()
    const { file, write } = newFile()
    const lease = ['--stalled-interval', '500']
    const server = await start(place, [...lease, '--drain-timeout', '200'])
    const result = callers(queue).hold.async('done at last', file)
    await server.line('begun')
    const begin = performance.now()
    server.signal('SIGTERM')
    expect(await server.ended).toEqual({ exitCode: 0, stderr: '' })
    expect(performance.now() - begin).toBeGreaterThan(195)
    expect(server.events.at(-1)).toMatchObject({ event: 'stopped', abandoned: 1 })
    write()
    const other = await start(place, lease)
    expect(await result).toBe('done at last')
    expect(await other.event('completed')).toMatchObject({ attempt: 2 })
  })

  it.each([
    { first: 'SIGTERM', second: 'SIGINT', exitCode: 130 },
    { first: 'SIGINT', second: 'SIGTERM', exitCode: 143 },
    { first: 'SIGINT', second: 'SIGINT', exitCode: 130 },
    { first: 'SIGTERM', second: 'SIGTERM', exitCode: 143 },
  ] as const)('comes at once by a second signal: $first, $second', async ({ first, second, exitCode }) => {
    const { queue, place } = newQueue()
    const server = await start(place)
    callers(queue)
      .hold.async('', never)
      .catch(() => {})
    await server.line('begun')
    server.signal(first)
    await server.event('draining')
    // The same one counts for the first for a moment, so somebody who is in a hurry repeats it.
    const hurry = setInterval(() => server.signal(second), 100)
    onTestFinished(() => clearInterval(hurry))
    server.signal(second)
    expect(await server.ended).toEqual({ exitCode, stderr: '' })
    expect(names(server.events)).toEqual(['started', 'draining'])
  })

  it('comes at once where it has not started yet', async () => {
    // It takes connections, and says nothing.
    const silent = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void silent.close())
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const server = new ServeProcess(['./tasks.js', '--redis', `redis://127.0.0.1:${port}`], { cwd: folder() })
    const [socket] = await once(silent, 'connection')
    onTestFinished(() => socket.destroy())
    socket.on('error', () => {})
    server.signal('SIGTERM')
    expect(await server.ended).toEqual({ exitCode: 143, stderr: '' })
  })

  it('is no good one where nobody reads its log', async () => {
    const { queue, place } = newQueue()
    const server = await start(place)
    server.stopReading()
    callers(queue)
      .double.async(1)
      .catch(() => {})
    expect((await server.ended).exitCode).toBe(1)
  })

  it('comes also while Redis is gone', async () => {
    const own = await RedisServer.start()
    onTestFinished(() => own.stop())
    const place = ['--redis', own.url, '--drain-timeout', '500']
    const server = await start(place)
    await own.halt('SIGKILL')
    await server.event('disconnected')
    server.signal('SIGTERM')
    expect(await server.ended).toEqual({ exitCode: 0, stderr: '' })
  })
})

describe('--status', () => {
  it('says how a queue is: 0 if somebody serves it, 1 if nobody does', async () => {
    const { queue, place } = newQueue()
    const ask = () => runCommand(['serve', '--status', ...place])
    const line = (text: string) => `${queue}: ${text}\n`
    const nobody = { stdout: line('0 servers, 0 waiting, 0 running, 0 failed'), stderr: '', exitCode: 1 }
    expect(await ask()).toEqual(nobody)
    const server = await start(place, ['--concurrency', '1'])
    const { hold, tellSecrets } = callers(queue)
    await expect(tellSecrets.async()).rejects.toThrow('no connection to')
    hold.async('', never).catch(() => {})
    await server.line('begun')
    hold.async('', never).catch(() => {})
    const busy = line('1 server, 1 waiting, 1 running, 1 failed')
    await expect.poll(ask, { timeout: 30_000 }).toEqual({ stdout: busy, stderr: '', exitCode: 0 })
    const other = await start(place)
    await other.line('begun')
    expect((await ask()).stdout).toBe(line('2 servers, 0 waiting, 2 running, 1 failed'))
  })

  it('is 2 where Redis cannot be asked', async () => {
    const { stdout, stderr, exitCode } = await runCommand(['serve', '--status', '--redis', 'redis://127.0.0.1:1'])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toMatch(/^error: Redis at 127\.0\.0\.1:1 is not there \(ECONNREFUSED\): .*--redis\n$/)
  })

  it.each([
    { args: ['--status', './tasks.js'], message: /^error: --status is about a whole queue/ },
    { args: ['--status', '--concurrency', '2'], message: /^error: option '--status' cannot be used with option/ },
  ])('$args is misuse', async ({ args, message }) => {
    const { stdout, stderr, exitCode } = await runCommand(['serve', ...args])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toMatch(message)
  })
})

describe('what cannot start is one line on stderr', () => {
  it.each([
    { module: './none.js', message: /there is no module \.\/none\.js in / },
    { module: '.', message: /\. is no file, but a folder/ },
    { module: './broken.js', message: /cannot import the task module .*broken\.js: SyntaxError: / },
    { module: './fails.js', message: /cannot import the task module .*fails\.js: Error: at import/ },
  ])('$module', async ({ module, message }) => {
    const run = await runCommand(['serve', `x=${module}`, ...newQueue().place], { cwd: folder() })
    expect(run).toMatchObject({ stdout: '', exitCode: 1 })
    expect(run.stderr).toMatch(/^error: .*\n$/)
    expect(run.stderr).toMatch(message)
  })

  it('Redis that is not there', async () => {
    const run = await runCommand(['serve', './tasks.js', '--redis', 'redis://127.0.0.1:1'], { cwd: folder() })
    expect(run).toMatchObject({ stdout: '', exitCode: 1 })
    expect(run.stderr).toMatch(/^error: Redis at 127\.0\.0\.1:1 is not there \(ECONNREFUSED\): .*--redis\n$/)
  })

  it('Redis of the environment that is not there', async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1' }
    const run = await runCommand(['serve', './tasks.js'], { cwd: folder(), env })
    expect(run).toMatchObject({ stdout: '', exitCode: 1 })
    expect(run.stderr).toMatch(/^error: Redis at 127\.0\.0\.1:1 is not there .* REDIS_URL\n$/)
  })

  it('Redis that does not let it do what it has to', async () => {
    const cwd = withFiles(folder(), { 'users.acl': 'user limited on >open ~* resetchannels +@all\n' })
    const own = await RedisServer.start({ config: { aclfile: `${cwd}/users.acl` } })
    onTestFinished(() => own.stop())
    const url = own.url.replace('//', '//limited:open@')
    const run = await runCommand(['serve', './tasks.js', '--redis', url], { cwd })
    expect(run).toMatchObject({ stdout: '', exitCode: 1 })
    expect(run.stderr).toMatch(
      /^error: the server was not started: Redis at 127.0.0.1:\d+ does not let this user \(NOPERM .*\n$/,
    )
  })

  it('the package that is not installed, with the command that installs it', async () => {
    const cwd = withFiles(install(emptyFolder()), { 'tasks.js': tasks })
    const command = ['node_modules/ambisync/dist/command.js', 'serve']
    const missing = {
      stdout: '',
      stderr: 'error: not installed: @ambisync/bullmq; npm install @ambisync/bullmq\n',
      exitCode: 2,
    }
    expect(await runNode([...command, './tasks.js'], { cwd })).toEqual(missing)
    expect(await runNode([...command, '--status'], { cwd })).toEqual(missing)
  })

  it('the adapter that is not installed, with the command that installs it', async () => {
    const cwd = withFiles(install(emptyFolder(), ['bullmq']), { 'tasks.js': tasks })
    const command = ['node_modules/ambisync/dist/command.js', 'serve', './tasks.js', '--adapter', 'atomics']
    expect(await runNode(command, { cwd })).toEqual({
      stdout: '',
      stderr: 'error: not installed: atomics; npm install @ambisync/atomics\n',
      exitCode: 2,
    })
  })

  it.each([
    { args: [], message: /^error: name the modules to serve/ },
    { args: ['./tasks.js', '--adapter', 'atomic'], message: /Did you mean atomics\?/ },
    { args: ['./tasks.js', '--adapter', 'deasync'], message: /Its tasks run in the server's own thread/ },
    { args: ['./tasks.js', '--concurrency', '0'], message: /whole number from 1 / },
    { args: ['./tasks.js', '--stalled-interval', '99'], message: /whole number from 100 / },
    { args: ['./tasks.js', '--drain-timeout', '1.5'], message: /whole number from 0 / },
    { args: ['./tasks.js', '--concurency', '1'], message: /Did you mean --concurrency\?/ },
    { args: ['./tasks.js', '--queue', 'a:b'], message: /^error: queue must be a name without ":"/ },
    { args: ['./tasks.js', '--redis', 'localhost'], message: /^error: --redis has to be a URL/ },
    { args: ['./tasks.js', './typed.ts', '--name', 'x'], message: /^error: --name is for one module.*x=\.\/tasks\.js/ },
    { args: ['x=./tasks.js', '--name', 'y'], message: /^error: \.\/tasks\.js has two names, x and, by --name, y/ },
    { args: ['./tasks.js', 'tasks=./typed.ts'], message: /^error: two modules are called tasks/ },
    { args: ['data:text/javascript,'], message: /^error: data:text\/javascript, has no file name to call it by/ },
  ])('$args is misuse', async ({ args, message }) => {
    const { stdout, stderr, exitCode } = await runCommand(['serve', ...args], { cwd: folder() })
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toMatch(message)
  })
})

describe('a password', () => {
  // As it is, and as it has to be written in a URL.
  const password = 'p@ss/wörd'
  const escaped = encodeURIComponent(password)
  let guarded: RedisServer

  beforeAll(async () => {
    guarded = await RedisServer.start({ config: { requirepass: password } })
  })

  afterAll(() => guarded.stop())

  const withPassword = (text: string) => guarded.url.replace('//', `//:${text}@`)

  function expectHidden(text: string): void {
    for (const form of [password, escaped, encodeURI(password)]) expect(text).not.toContain(form)
  }

  it('is in no line of the log, even where a task gives it away', async () => {
    const url = withPassword(escaped)
    const server = new ServeProcess(['./tasks.js', '--queue', 'q'], { cwd: folder(), env: { REDIS_URL: url } })
    await server.event('started')
    await expect(callers('q', 'tasks', url).tellSecrets.async()).rejects.toThrow(url)
    const { error } = await server.event('failed')
    expect(error).toBe(`Error: no connection to ${withPassword('***')}`)
    server.signal('SIGTERM')
    expect(await server.ended).toEqual({ exitCode: 0, stderr: '' })
    expectHidden(server.stdout)
    const status = await runCommand(['serve', '--status', '--queue', 'q', '--redis', url])
    expect(status).toMatchObject({ exitCode: 1, stderr: '' })
    expectHidden(status.stdout)
  })

  it.each([
    { what: 'that is wrong', args: ['--redis', 'redis://:p%40ss%2Fw%C3%B6rd-not@HOST'], exitCode: 1 },
    { what: 'of a host that is not there', args: ['--redis', `redis://:${escaped}@127.0.0.1:1`], exitCode: 1 },
    { what: 'that is not escaped', args: ['--redis', `redis://:${password}@HOST`], exitCode: 2 },
    { what: 'in what is no address', args: ['--redis', `https://:${escaped}@HOST`], exitCode: 2 },
    { what: 'of a mistyped option', args: [`--rediss=redis://:${escaped}@HOST`], exitCode: 2 },
    { what: 'where a module should be', args: [`redis://:${escaped}@HOST/x`, '--redis', 'redis://HOST'], exitCode: 1 },
  ])('$what is not quoted', async ({ args, exitCode }) => {
    const host = `${guarded.host}:${guarded.port}`
    const placed = args.map((arg) => arg.replace('HOST', host))
    const run = await runCommand(['serve', './tasks.js', ...placed], { cwd: folder() })
    expect(run).toMatchObject({ stdout: '', exitCode })
    expect(run.stderr).toMatch(/^error: /)
    expectHidden(run.stderr)
  })
})
