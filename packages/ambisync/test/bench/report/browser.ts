import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's Chromium, without a window and with an empty profile. */
export interface Browser extends AsyncDisposable {
  readonly context: BrowserContext
}

export async function launchBrowser(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'ambisync-report-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.AMBISYNC_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: flags,
  })
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
