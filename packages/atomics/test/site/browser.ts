import { type Browser, chromium } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Debian's Chromium, without a window. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.AMBISYNC_CHROMIUM ?? '/usr/bin/chromium'
  return chromium.launch({ executablePath, args: flags })
}
