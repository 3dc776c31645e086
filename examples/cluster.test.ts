import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RedisServer } from '@ambisync-apps/redis-server'
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest'
import { render } from './cluster/render.js'
import { Program } from './program.ts'

const example = fileURLToPath(new URL('./cluster', import.meta.url))
/** Inside this package, so that what the copies import is found. */
const copies = fileURLToPath(new URL('./.built/cluster', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'cluster-'))

const readme = readFileSync(join(example, 'README.md'), 'utf8')
const blocks = (language: string): string[] =>
  [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, of, text = '']) => (of === language ? text : []))
const [build = '', serve = ''] = blocks('sh')
const [printed = ''] = blocks('console')

/** The commands of the README, as soon as somebody has changed the last line of where.js. */
function startBuild(place: string, env: NodeJS.ProcessEnv = {}): { program: Program; html: () => Site } {
  expect(readme).toContain(`\`export const { render } = places.${place}()\``)
  const cwd = mkdtempSync(join(copies, `${place}-`))
  cpSync(example, cwd, { recursive: true })
  const lines = readFileSync(join(cwd, 'where.js'), 'utf8').trimEnd().split('\n')
  expect(lines.pop()).toBe('export const { render } = places.thread()')
  writeFileSync(join(cwd, 'where.js'), `${lines.join('\n')}\nexport const { render } = places.${place}()\n`)
  // There `mktemp -d` makes the folder of the site.
  const folder = mkdtempSync(join(scratch, `${place}-`))
  const program = new Program(build, { cwd, env: { ...env, TMPDIR: folder } })
  return { program, html: () => readSite(join(folder, readdirSync(folder)[0] ?? '', 'html')) }
}

type Site = ReadonlyMap<string, string>

function readSite(folder: string): Site {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

const sameTime = (lines: readonly string[]): string => lines.join('\n').replace(/\d+\.\d s/, '0.0 s')

let expected: Site

afterEach(Program.endAll)

beforeAll(async () => {
  rmSync(copies, { recursive: true, force: true })
  mkdirSync(copies, { recursive: true })
  const { program, html } = startBuild('thread')
  await program.ended
  expect(sameTime(program.lines)).toBe(sameTime(printed.trimEnd().split('\n')))
  expected = html()
})

afterAll(() => {
  for (const folder of [copies, scratch]) rmSync(folder, { recursive: true, force: true })
})

it('has every page, as the renderer makes it', async () => {
  expect([...expected.keys()].sort()).toEqual(Array.from({ length: 3_000 }, (_, n) => `page-${n + 1}.html`).sort())
  for (const [name, html] of expected) expect(html).toContain(`<h1>Page ${/\d+/.exec(name)}</h1>`)
  expect(await render('`a` *b*\n\n```js\nlet c = 1\n```\n')).toBe(
    '<p><code>a</code> <em>b</em></p>\n<pre><code class="language-js"><span class="pl-k">let</span> c <span class="pl-k">=</span> <span class="pl-c1">1</span>\n</code></pre>',
  )
})

it('builds the same site on a pool', async () => {
  const { program, html } = startBuild('pool')
  await program.ended
  expect(differences(html())).toEqual([])
})

it('builds the same site on three serve processes, each of which renders some of it', async () => {
  const { servers, env } = await startServers()
  const { program, html } = startBuild('servers', env)
  await program.ended
  expect(differences(html())).toEqual([])

  const shares = await Promise.all(servers.map(shareOf))
  expect(Math.min(...shares)).toBeGreaterThan(0)
  expect(shares.reduce((sum, share) => sum + share)).toBe(expected.size)
})

it('builds the same site when one of three servers is killed on the way', async () => {
  const { servers, env } = await startServers()
  const { program, html } = startBuild('servers', env)
  const [victim, ...others] = servers
  await victim?.prints(/^200 pages$/)
  victim?.end('SIGKILL')
  await expect(victim?.ended).rejects.toThrow('SIGKILL')
  expect(program.hasEnded).toBe(false)

  await program.ended
  expect(differences(html())).toEqual([])
  await Promise.all(others.map(shareOf))
  // It had some, and they were not waited for in vain.
  expect(others.flatMap(({ lines }) => lines)).toContain('a server is gone, its page is rendered again')
})

/** Three servers that are ready, on a Redis of their own. They are gone when the test is over, whatever comes of it. */
async function startServers(): Promise<{ servers: readonly Program[]; env: NodeJS.ProcessEnv }> {
  const redis = await RedisServer.start()
  onTestFinished(() => redis.stop())
  const env = { REDIS_URL: redis.url }
  const servers = Array.from({ length: 3 }, () => new Program(serve, { cwd: example, env }))
  await Promise.all(servers.map((server) => server.prints(/^ready$/)))
  return { servers, env }
}

/** Ends a server, which says how many pages it has rendered. */
async function shareOf(server: Program): Promise<number> {
  server.end('SIGTERM')
  await server.ended
  const [, share] = /^(\d+) pages in all$/.exec(server.lines.at(-1) ?? '') ?? []
  return Number(share)
}

/** Names of pages that are on one side only, or not the same. */
function differences(site: Site): string[] {
  const names = new Set([...site.keys(), ...expected.keys()])
  return [...names].filter((name) => site.get(name) !== expected.get(name))
}
