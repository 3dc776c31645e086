import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './site/browser.ts'
import { bundle } from './site/bundle.ts'
import { isolating, serve } from './site/serve.ts'

const browser = await launchBrowser()
afterAll(() => browser.close())

const tasks = './test/browser/tasks.ts'
const worker = '@ambisync/atomics/browser/worker'

/** What a page of such scripts says, served with these headers. */
async function outcomeOf(entries: Readonly<Record<string, string>>, headers = isolating): Promise<unknown> {
  const folder = await bundle(entries)
  try {
    await using site = await serve(folder, headers)
    const page = await browser.newPage()
    await page.goto(site.origin)
    const outcome = await page.evaluate(() => Reflect.get(globalThis, 'outcome'))
    await page.close()
    return outcome
  } finally {
    await rm(folder, { recursive: true })
  }
}

const onMainThread = { page: './test/browser/main-thread.ts', tasks, worker }
const inWorker = { page: './test/browser/page-of-worker.ts', 'in-worker': './test/browser/in-worker.ts', tasks, worker }

const cannotBlock = (label: string): object => ({
  name: 'NotSupportedError',
  code: 'ERR_AMBISYNC_NOT_SUPPORTED',
  message: expect.stringMatching(
    new RegExp(
      `^${label} cannot block here: .*main thread.*only dedicated workers\\. Move .* into one, or use \\.async`,
    ),
  ),
})

const refused = (message: RegExp, code = 'ERR_AMBISYNC_SERIALIZATION'): object =>
  expect.objectContaining({ code, message: expect.stringMatching(message) })

it("on a page's main thread a call that blocks is refused with advice, and .async and .submit work", async () => {
  expect(await outcomeOf(onMainThread)).toEqual({
    sync: cannotBlock('slug'),
    result: cannotBlock('slug'),
    values: ['e-f', 'c-d', 'c-d'],
    stopSync: cannotBlock('stop of the loop "loop-\\d" \\(atomics\\)'),
    state: 'stopped',
  })
})

it('in a worker a loop can be called at once, ends when it is closed, and says what does not cross', async () => {
  expect(await outcomeOf(inWorker)).toEqual({
    first: 'at-once',
    closed: refused(/ended with code 0 while closeWorker was under way/, 'ERR_AMBISYNC_LOOP_EXIT'),
    afterwards: 'after-that',
    blob: refused(/^echo was not called: .*has a Blob, which in a browser cannot be sent/),
    blobBack: refused(/^blob returned what cannot be sent to its caller: .*has a Blob/),
    shared: refused(/has a SharedArrayBuffer, which in a browser cannot be sent to a thread that may be blocked/),
    relative: refused(/"\.\/tasks\.js" is neither a URL nor .*import\.meta\.url/, 'ERR_AMBISYNC_LOOP_START'),
    askLate: expect.objectContaining({ name: 'TypeError', message: expect.stringMatching(/before its first await/) }),
    relay: refused(/output: 'relay' is not supported/, 'ERR_AMBISYNC_NOT_SUPPORTED'),
    option: expect.objectContaining({
      name: 'TypeError',
      message: expect.stringMatching(/"execArgv".*name, ringSize/),
    }),
    ring: expect.objectContaining({ name: 'RangeError' }),
    state: 'stopped',
  })
})

describe('on a page that is not cross-origin isolated, startLoop says which headers are missing', () => {
  const headersNamed = {
    refused: {
      name: 'NotSupportedError',
      code: 'ERR_AMBISYNC_NOT_SUPPORTED',
      message: expect.stringMatching(
        /"Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp"/,
      ),
    },
  }

  it('on its main thread', async () => expect(await outcomeOf(onMainThread, {})).toEqual(headersNamed))
  it('in its worker', async () => expect(await outcomeOf(inWorker, {})).toEqual(headersNamed))
})

it('in a browser that is too old, startLoop says what it lacks', async () => {
  expect(await outcomeOf({ page: './test/browser/older-browser.ts', worker })).toMatchObject({
    code: 'ERR_AMBISYNC_NOT_SUPPORTED',
    message: expect.stringMatching(/needs Atomics\.waitAsync/),
  })
})

it("startLoop says where the worker's script should have been", async () => {
  const { worker: _, ...withoutWorker } = inWorker
  expect(await outcomeOf(withoutWorker)).toEqual({
    refused: refused(/the worker's script http:\S+\/worker\.js could not be run/, 'ERR_AMBISYNC_LOOP_START'),
  })
})

it("on a page's main thread, calls say so, since that has not been heard of when the loop starts", async () => {
  const { worker: _, ...withoutWorker } = onMainThread
  await expect(outcomeOf(withoutWorker)).rejects.toThrow(/the worker's script http:\S+\/worker\.js could not be run/)
})

it("the README's program runs, built as it says", async () => {
  const packageFolder = fileURLToPath(new URL('..', import.meta.url))
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8')
  // In the package, where its dependencies are found, and itself by its name.
  const folder = await mkdtemp(join(packageFolder, '.readme-'))
  try {
    for (const [, name = '', code = ''] of readme.matchAll(/```js\n\/\/ ([\w.]+)\n(.*?)```/gs)) {
      await writeFile(join(folder, name), code)
    }
    await promisify(execFile)(process.execPath, ['build.js'], { cwd: folder })
    const publicFolder = join(folder, 'public')
    await writeFile(join(publicFolder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>')
    await using site = await serve(publicFolder, isolating)
    const page = await browser.newPage()
    const printed = page.waitForEvent('console', (message) => message.type() === 'log')
    await page.goto(site.origin)
    expect((await printed).text()).toBe('monday-morning')
  } finally {
    await rm(folder, { recursive: true })
  }
})
