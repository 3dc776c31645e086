import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type FailureRow, type Report, renderReport } from 'ambisync/bench'
import type { BrowserContext, Page } from 'playwright-core'

/** A report in a tab of its own, opened from disk as a reader would, and what the tab complained of or asked for. */
export interface OpenReport extends AsyncDisposable {
  readonly page: Page
  /** Errors and warnings of the console, uncaught errors, and breaches of the content security policy. */
  readonly complaints: readonly string[]
  /** Whatever was asked for beside the file itself. */
  readonly requests: readonly string[]
}

export interface OpenOptions {
  readonly failures?: readonly FailureRow[]
  readonly width?: number
  readonly colorScheme?: 'light' | 'dark'
}

export async function openReport(
  context: BrowserContext,
  report: Report,
  { failures = [], width = 1280, colorScheme = 'light' }: OpenOptions = {},
): Promise<OpenReport> {
  const folder = await mkdtemp(join(tmpdir(), 'ambisync-report-'))
  const file = join(folder, 'report.html')
  await writeFile(file, await renderReport(report, { failures }))
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  const url = pathToFileURL(file).href
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) requests.push(request.url())
  })
  await page.setViewportSize({ width, height: 844 })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.goto(url)
  await page.getByRole('heading', { name: 'All results' }).waitFor()
  return {
    page,
    complaints,
    requests,
    async [Symbol.asyncDispose]() {
      await page.close()
      await rm(folder, { recursive: true })
    },
  }
}
