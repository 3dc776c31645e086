import { rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './site/browser.ts'
import { bundle } from './site/bundle.ts'
import { isolating, serve } from './site/serve.ts'

/** A watchdog's limit, in milliseconds. */
const caseLimit = 60_000

const conformance = 'node_modules/@ambisync/conformance/dist/fixtures'
const folder = await bundle({
  page: './test/browser/page.ts',
  'suite-worker': './test/browser/suite-worker.ts',
  worker: '@ambisync/atomics/browser/worker',
  'fixtures/tasks': `${conformance}/tasks.js`,
  'fixtures/other-tasks': `${conformance}/other-tasks.js`,
  'fixtures/transfer-tasks': `${conformance}/transfer-tasks.js`,
  'fixtures/class-tasks': `${conformance}/class-tasks.js`,
})
const site = await serve(folder, isolating)
const browser = await launchBrowser()
afterAll(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** The pages that no case is run in. */
const idle: Page[] = []

async function takePage(): Promise<Page> {
  const page = idle.pop()
  if (page !== undefined) return page
  const opened = await browser.newPage()
  await opened.goto(site.origin)
  return opened
}

/** A case that hangs costs its page. Gives what is wrong. */
async function run(name: string): Promise<string | undefined> {
  const page = await takePage()
  let watchdog: NodeJS.Timeout | undefined
  const hung = new Promise<'hung'>((resolve) => {
    watchdog = setTimeout(resolve, caseLimit, 'hung')
  })
  const failure = page.evaluate((chosen) => Reflect.get(globalThis, 'suite').run(chosen), name)
  const outcome = await Promise.race([failure, hung]).finally(() => clearTimeout(watchdog))
  if (outcome !== 'hung') {
    idle.push(page)
    return outcome
  }
  failure.catch(() => {})
  await page.close()
  return `it hangs; its page was closed after ${caseLimit} ms`
}

// At the same time as others, each in a page of its own: they wait more than they compute.
describe.concurrent('the portable cases, in a worker of a page', async () => {
  const first = await takePage()
  const names: readonly string[] = await first.evaluate(() => Reflect.get(globalThis, 'suite').names)
  idle.push(first)

  it.each(names)('%s', async (name) => expect(await run(name)).toBeUndefined(), caseLimit + 5_000)
})
