import { rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { launchBrowser } from './site/browser.ts'
import { bundle } from './site/bundle.ts'
import { isolating, serve } from './site/serve.ts'

/** A watchdog's limit, in milliseconds. */
const caseLimit = 30_000

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

async function openPage(): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(site.origin)
  return page
}

let page = await openPage()

/** A case that hangs costs its page, and the next one gets a new one. */
async function run(name: string): Promise<string | undefined> {
  let watchdog: NodeJS.Timeout | undefined
  const hung = new Promise<'hung'>((resolve) => {
    watchdog = setTimeout(resolve, caseLimit, 'hung')
  })
  const failure = page.evaluate((chosen) => Reflect.get(globalThis, 'suite').run(chosen), name)
  const outcome = await Promise.race([failure, hung]).finally(() => clearTimeout(watchdog))
  if (outcome !== 'hung') return outcome
  failure.catch(() => {})
  await page.close()
  page = await openPage()
  return `it hangs; its page was closed after ${caseLimit} ms`
}

describe('the portable cases, in a worker of a page', async () => {
  const names: readonly string[] = await page.evaluate(() => Reflect.get(globalThis, 'suite').names)

  it.each(names)('%s', async (name) => expect(await run(name)).toBeUndefined(), caseLimit + 5_000)
})
