import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { load } from '../src/index.ts'
import { copyOwnTo, emptyFolder, install, withFiles } from './installed-folder.ts'
import { runNode } from './run.ts'

const tasks = `
  import { isMainThread, threadId } from 'node:worker_threads'
  export const where = async () => ({ isMainThread, threadId })
  export const double = async (value) => value * 2
`

/** Tells how many loops were started, and how many threads there are beside this one. */
const counting = `
  import { subscribe } from 'node:diagnostics_channel'
  export let started = 0
  subscribe('ambisync.loop.start', () => void started++)
  export const threads = () => process.report.getReport().workers.length
`

describe('the shared loop', () => {
  it('serves twenty plugins with one worker, whichever copy of the package they bring', async () => {
    const folder = install(emptyFolder())
    const files: Record<string, string> = { 'counting.js': counting }
    for (let number = 1; number <= 20; number++) {
      const plugin = `node_modules/plugin-${number}`
      files[`${plugin}/package.json`] = '{ "type": "module", "exports": "./index.js" }'
      files[`${plugin}/tasks.js`] = tasks
      files[`${plugin}/index.js`] = `
        import { load } from 'ambisync'
        const tasks = load(new URL('./tasks.js', import.meta.url))
        export const where = () => tasks.where.sync()
      `
      // Each second one has a copy of its own, as a package manager installs it where versions differ.
      if (number % 2 === 0) {
        mkdirSync(join(folder, plugin), { recursive: true })
        copyOwnTo(join(folder, plugin, 'node_modules', 'ambisync'))
      }
    }
    files['main.js'] = `
      import { started, threads } from './counting.js'
      const names = Array.from({ length: 20 }, (_, index) => 'plugin-' + (index + 1))
      const plugins = await Promise.all(names.map((name) => import(name)))
      const before = threads()
      const places = plugins.map(({ where }) => where())
      await new Promise((resolve) => setImmediate(resolve))
      console.log(JSON.stringify({
        before,
        workers: [...new Set(places.map(({ threadId }) => threadId))].length,
        isElsewhere: places.every(({ isMainThread }) => !isMainThread),
        started,
        atMostTwoThreads: threads() <= 2,
      }))
    `
    const { stdout, stderr } = await runNode(['main.js'], { cwd: withFiles(folder, files) })
    expect(stderr).toBe('')
    // The second thread is the watchdog, which tells a blocked thread of its loop's death.
    expect(JSON.parse(stdout)).toEqual({ before: 0, workers: 1, isElsewhere: true, started: 1, atMostTwoThreads: true })
  })

  it('is not started by loading, and costs no thread until the first call', async () => {
    const folder = withFiles(install(emptyFolder()), {
      'tasks.js': tasks,
      'counting.js': counting,
      'main.js': `
        import { load } from 'ambisync'
        import { started, threads } from './counting.js'
        const { double } = load(new URL('./tasks.js', import.meta.url))
        const { sync } = double
        await new Promise((resolve) => setTimeout(resolve, 50))
        console.log(threads(), started, sync(21), threads() > 0)
      `,
    })
    expect(await runNode(['main.js'], { cwd: folder })).toEqual({ stdout: '0 0 42 true\n', stderr: '', exitCode: 0 })
  })

  it('is one for each thread', async () => {
    const folder = withFiles(install(emptyFolder()), {
      'tasks.js': tasks,
      'where.js': `
        import { load } from 'ambisync'
        export const where = () => load(new URL('./tasks.js', import.meta.url)).where.sync().threadId
      `,
      'thread.js': `
        import { parentPort } from 'node:worker_threads'
        import { where } from './where.js'
        parentPort.postMessage(where())
      `,
      'main.js': `
        import { once } from 'node:events'
        import { Worker } from 'node:worker_threads'
        import { where } from './where.js'
        const [there] = await once(new Worker(new URL('./thread.js', import.meta.url)), 'message')
        console.log(where() !== there, where() === where())
      `,
    })
    expect((await runNode(['main.js'], { cwd: folder })).stdout).toBe('true true\n')
  })

  it('takes relative paths from the working directory, and URLs, from CommonJS as well', async () => {
    const folder = withFiles(install(emptyFolder()), {
      'inner/tasks.js': tasks,
      'inner/main.cjs': `
        const { load } = require('ambisync')
        const { pathToFileURL } = require('node:url')
        console.log(load('./inner/tasks.js').double.sync(1), load(pathToFileURL(__dirname + '/tasks.js')).double.sync(2))
      `,
    })
    expect(await runNode(['inner/main.cjs'], { cwd: folder })).toEqual({ stdout: '2 4\n', stderr: '', exitCode: 0 })
  })

  it('goes on after a task has ended it', () => {
    const url = 'data:text/javascript,export const exit = () => process.exit(1); export const echo = (value) => value'
    const { exit, echo } = load<{ exit(): void; echo(value: number): number }>(new URL(url))
    expect(() => exit.sync()).toThrow(/exit/)
    expect(echo.sync(1)).toBe(1)
  })
})

it('with options there is a loop of its own', () => {
  const url = new URL(`data:text/javascript,${encodeURIComponent(tasks)}`)
  interface Tasks {
    where(): Promise<{ threadId: number }>
  }
  const shared = load<Tasks>(url).where.sync().threadId
  const alone = load<Tasks>(url, {}).where.sync().threadId
  const apart = load<Tasks>(url, { needs: ['own-process'] }).where.sync().threadId
  expect(alone).not.toBe(shared)
  expect(apart).toBe(0)
  expect(load<Tasks>(url).where.sync().threadId).toBe(shared)
})

it.each([
  [[7], /load takes a module as a URL or a string/],
  [['./tasks.js', { nmae: 'x' }], /"nmae" is not an option of startLoop/],
  [['./tasks.js', { needs: ['speed'] }], /"speed" is nothing that can be needed/],
])('%j is refused', (args, message) => {
  expect(() => Reflect.apply(load, undefined, args)).toThrow(message)
})
