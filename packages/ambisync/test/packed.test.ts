/** The packages as they are published, installed by npm into an empty folder: nothing of the workspace is there. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { RedisServer } from '@ambisync-apps/redis-server'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { withFiles } from './installed-folder.ts'
import { ServeProcess } from './serve-process.ts'

const packages = fileURLToPath(new URL('../../', import.meta.url))
const names = ['ambisync', 'atomics', 'bullmq', 'child-process', 'core', 'deasync', 'detect', 'node', 'worker-threads']
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ambisync packed ü-')))

/** Without what the package manager that runs these tests has set for itself. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|NODE_PATH$|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$)/i.test(name),
  ),
)

function run(command: string, args: readonly string[], cwd = folder) {
  return promisify(execFile)(command, args, { cwd, env, timeout: 280_000 })
}

/** The files that the README shows, and what its programs print. */
const readme = readFileSync(join(packages, 'ambisync', 'README.md'), 'utf8')
const files = Object.fromEntries(
  [...readme.matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, name = '', code = '']) => [name, code]),
)
const programs = [...readme.matchAll(/^```js\n\/\/ (main\S*)\n.*?^```\n\n```console\n(.*?)^```$/gms)].map(
  ([, name = '', output = '']) => ({ name, output }),
)
/** Those that come to an end by themselves. */
const commands = [...readme.matchAll(/^npx (ambisync (?!serve ).*)$/gm)].map(([, command = '']) => ({ command }))

beforeAll(async () => {
  const tarballs = join(folder, 'tarballs')
  const pnpm = ['--yes', 'pnpm@12.18.0', 'pack', '--pack-destination', tarballs]
  for (const name of names) await run('npx', pnpm, join(packages, name))
  withFiles(folder, { 'package.json': '{ "type": "module" }\n', ...files })
  const paths = readdirSync(tarballs).map((file) => join(tarballs, file))
  expect(paths).toHaveLength(names.length)
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', ...paths])
}, 300_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.each(programs)('$name of the README prints what it says', async ({ name, output }) => {
  expect(await run(process.execPath, [name])).toEqual({ stdout: output, stderr: '' })
})

it.each(commands)(
  'npx $command',
  async ({ command }) => {
    const isQuestion = command === 'ambisync pick'
    const short = command.includes(' bench ') ? ' --processes 1 --time 5' : ''
    const { stdout, stderr } = await run('sh', ['-c', `npx --no-install ${command}${short} < /dev/null`])
    expect(stdout).not.toBe('')
    expect(stderr === '').toBe(!isQuestion)
  },
  120_000,
)

it('doctor finds all strategies there', async () => {
  const { stdout } = await run('npx', ['--no-install', 'ambisync', 'doctor', '--json'])
  const { checks }: { checks: { kind: string; status: string }[] } = JSON.parse(stdout)
  const strategies = checks.filter(({ kind }) => kind === 'strategy')
  expect(strategies.map(({ status }) => status)).toEqual(['works', 'works', 'works', 'works', 'works'])
}, 120_000)

it('bench writes a page', async () => {
  const args = ['bench', './tasks.js#fetchText', '--args', '["data:,hello"]', '--processes', '1', '--time', '5']
  await run('npx', ['--no-install', 'ambisync', ...args, '--only', 'atomics', '--html', 'report.html'])
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/)
}, 120_000)

it('serve runs the calls of another program', async () => {
  const redis = await RedisServer.start()
  onTestFinished(() => redis.stop())
  withFiles(folder, {
    'main-call.js': `
      import { bullmq } from '@ambisync/bullmq'
      import { startLoop } from 'ambisync'
      const loop = startLoop({ adapter: bullmq({ connection: '${redis.url}', queue: 'pages' }) })
      console.log(loop.load('reports').fetchText.sync('data:,from elsewhere'))
      loop.stopSync()
    `,
  })
  const command = join(folder, 'node_modules', 'ambisync', 'dist', 'command.js')
  const args = ['reports=./tasks.js', '--queue', 'pages', '--redis', redis.url]
  const server = new ServeProcess(args, { cwd: folder, command })
  await server.event('started')
  expect(await run(process.execPath, ['main-call.js'])).toEqual({ stdout: 'from elsewhere\n', stderr: '' })
  server.signal('SIGTERM')
  expect(await server.ended).toEqual({ exitCode: 0, stderr: '' })
}, 120_000)
