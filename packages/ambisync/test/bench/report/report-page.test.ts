import { readFile } from 'node:fs/promises'
import type { FailureRow } from 'ambisync/bench'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findViolations } from './axe.ts'
import { type Browser, launchBrowser } from './browser.ts'
import { fixtureReport, smallFixture } from './fixture-report.ts'
import { type OpenOptions, type OpenReport, openReport } from './open-report.ts'

let browser: Browser
let failures: readonly FailureRow[]
const report = fixtureReport()

beforeAll(async () => {
  browser = await launchBrowser()
  const matrix = new URL('../../../../../docs/data/failure-matrix.json', import.meta.url)
  failures = JSON.parse(await readFile(matrix, 'utf8')).cells
})
afterAll(() => browser[Symbol.asyncDispose]())

const open = (options: OpenOptions = {}): Promise<OpenReport> =>
  openReport(browser.context, report, { failures, ...options })

const scenario = ({ page }: OpenReport, title: string): Locator =>
  page.getByRole('region', { name: title, exact: true })

const isWider = (one: OpenReport): Promise<boolean> =>
  one.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

describe('what is on the page', () => {
  test('each scenario has its charts, each labelled with what it shows', async () => {
    await using opened = await open()
    for (const { title, parameter } of report.scenarios) {
      const charts = scenario(opened, title).locator('svg[role=img]')
      await charts.first().waitFor()
      const labels = await charts.evaluateAll((all) => all.map((chart) => chart.getAttribute('aria-label')))
      expect(labels.every((label) => label?.includes(title))).toBe(true)
      expect(labels.some((label) => label?.startsWith(parameter === undefined ? 'Ratios to' : 'Medians over'))).toBe(
        true,
      )
    }
    const number = scenario(opened, 'Round trip of a number')
    await expect.poll(() => number.locator('svg[role=img]').count()).toBe(6)
    await number.getByRole('img', { name: /^Latency distributions, .* Free: .* atomics 1\.61/ }).waitFor()
  })

  test('each chart has its data as a table', async () => {
    await using opened = await open()
    const figures = opened.page.locator('figure')
    const count = await figures.count()
    expect(count).toBeGreaterThan(report.scenarios.length)
    for (let index = 0; index < count; index++) {
      const figure = figures.nth(index)
      await figure.getByText('Data of this chart').click()
      await figure.getByRole('table').waitFor()
      expect(await figure.getByRole('row').count()).toBeGreaterThan(5)
    }
  })

  test('a sentence says who won, by how much, or that noise does not separate', async () => {
    await using opened = await open()
    const glance = opened.page.getByRole('region', { name: 'At a glance' })
    await glance.getByText(/^atomics wins with 1\.61\sµs at the median; next is (?:@kaciras\/)?deasync/).waitFor()
    await glance
      .getByText(/^Noise does not separate (?:deasync and @kaciras\/deasync|@kaciras\/deasync and deasync)/)
      .first()
      .waitFor()
    await scenario(opened, 'Round trip of a number')
      .getByText(/times as fast as synckit/)
      .first()
      .waitFor()
  })

  test('rows that failed are there, with their error', async () => {
    await using opened = await open()
    await scenario(opened, 'Round trip of 1,000 objects')
      .getByRole('listitem')
      .filter({ hasText: 'ECONNREFUSED' })
      .waitFor()
    const rows = opened.page.getByRole('group', { name: 'All results' }).getByRole('row')
    expect(await rows.count()).toBe(report.results.length + 1)
    expect(await rows.filter({ hasText: /failed.*sync-rpc 1\.3\.7/ }).count()).toBeGreaterThan(0)
  })

  test('the matrices of capabilities and of failures', async () => {
    await using opened = await open()
    const capabilities = opened.page.getByRole('table', { name: 'Capabilities' })
    await capabilities.getByRole('row', { name: /^can end code that never yields.*yes/ }).waitFor()
    const failed = opened.page.getByRole('table', { name: 'Failures' })
    await failed.getByRole('row', { name: /^process\.exit\(3\).*LoopExitError, exit code 3/ }).waitFor()
  })
})

describe('what the reader can do', () => {
  test('points at a row of a chart and sees its figures', async () => {
    await using opened = await open()
    const chart = scenario(opened, 'Round trip of a number').getByRole('img').first()
    await chart.hover()
    await chart.locator('text', { hasText: 'p99' }).waitFor()
    expect(opened.complaints).toEqual([])
  })

  test('sorts by mouse, by keyboard, and rows without a figure stay at the end', async () => {
    await using opened = await open()
    const results = opened.page.getByRole('group', { name: 'All results' })
    const heading = results.getByRole('columnheader', { name: 'p50' })
    const medians = (): Promise<number[]> =>
      results
        .locator('tbody tr')
        .evaluateAll((rows) => {
          const headings: { textContent: string | null }[] = Array.from(
            rows[0]?.closest('table')?.querySelectorAll('thead th') ?? [],
          )
          const at = headings.findIndex(({ textContent }) => textContent?.startsWith('p50'))
          return rows.map((row) => row.children[at]?.textContent ?? '')
        })
        .then((texts) =>
          texts.map((text) => {
            const value = Number.parseFloat(text.replaceAll(',', ''))
            return text.includes('ms') && !text.includes('/') ? value * 1000 : value
          }),
        )
    await opened.page.getByLabel('Scenario').selectOption('objects')
    expect(await heading.getAttribute('aria-sort')).toBe('none')
    await heading.getByRole('button').click()
    expect(await heading.getAttribute('aria-sort')).toBe('ascending')
    const ascending = (await medians()).filter((value) => !Number.isNaN(value))
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b))
    expect((await medians()).slice(0, ascending.length)).toEqual(ascending)

    await opened.page.keyboard.press('Enter')
    expect(await heading.getAttribute('aria-sort')).toBe('descending')
    expect((await medians()).slice(0, ascending.length)).toEqual(ascending.toReversed())
    await opened.page.keyboard.press('Tab')
    await opened.page.keyboard.press('Space')
    expect(await results.getByRole('columnheader', { name: 'p90' }).getAttribute('aria-sort')).toBe('ascending')
    expect(await heading.getAttribute('aria-sort')).toBe('none')
  })

  test('chooses placements, by mouse and by keyboard, for everything at once', async () => {
    await using opened = await open()
    const number = scenario(opened, 'Round trip of a number')
    const results = opened.page.getByRole('group', { name: 'All results' })
    const busy = results.getByRole('cell', { name: 'busy', exact: true })
    await expect.poll(() => number.locator('svg[role=img]').count()).toBe(6)
    expect(await busy.count()).toBe(report.contestants.length)
    await opened.page.getByRole('checkbox', { name: 'busy' }).click()
    expect(await busy.count()).toBe(0)
    await expect.poll(() => number.locator('svg[role=img]').count()).toBe(4)
    await opened.page.getByRole('checkbox', { name: 'pinned' }).focus()
    await opened.page.keyboard.press('Space')
    await expect.poll(() => number.locator('svg[role=img]').count()).toBe(2)
    await opened.page.getByRole('checkbox', { name: 'free' }).uncheck()
    await number.getByText('No results in what is chosen above.').waitFor()
    expect(opened.complaints).toEqual([])
  })

  test('chooses contestants', async () => {
    await using opened = await open()
    await opened.page.getByText('Contestants: all 16').click()
    await opened.page.getByRole('button', { name: 'Adapters only' }).click()
    await opened.page.getByText('Contestants: 6 of 16').waitFor()
    const chart = scenario(opened, 'Round trip of a number').getByRole('img', { name: /^Latency distributions.*Free/ })
    await expect.poll(() => chart.getAttribute('aria-label')).not.toContain('synckit')
    await opened.page.getByRole('checkbox', { name: 'synckit' }).check()
    await expect.poll(() => chart.getAttribute('aria-label')).toContain('synckit')
  })

  test('the theme follows the system until the switch is touched', async () => {
    await using opened = await open({ colorScheme: 'dark' })
    const { page } = opened
    const theme = page.getByRole('switch', { name: 'Dark' })
    const background = (): Promise<string> =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
    const dark = await background()
    expect(await theme.getAttribute('aria-checked')).toBe('true')
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(() => theme.getAttribute('aria-checked')).toBe('false')
    await expect.poll(background).not.toBe(dark)
    await theme.focus()
    await page.keyboard.press('Space')
    await expect.poll(background).toBe(dark)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await theme.getAttribute('aria-checked')).toBe('true')
    await theme.click()
    await expect.poll(background).not.toBe(dark)
  })

  test('what has the focus shows it', async () => {
    await using opened = await open()
    await opened.page.keyboard.press('Tab')
    await opened.page.keyboard.press('Tab')
    expect(await opened.page.evaluate('document.activeElement.getAttribute("role")')).toBe('switch')
    expect(await opened.page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
  })
})

describe.each([390, 1280])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)(
    '%s: nothing for axe-core to find, nothing in the console',
    async (colorScheme) => {
      await using opened = await openReport(browser.context, smallFixture(), {
        failures,
        width,
        colorScheme,
      })
      await opened.page.locator('svg[role=img]').last().waitFor()
      expect(await isWider(opened)).toBe(false)
      await opened.page.locator('details').evaluateAll((all) => {
        for (const details of all) details.setAttribute('open', '')
      })
      await expect.poll(() => opened.page.locator('details:not(:has(table, ol, fieldset))').count()).toBe(0)
      expect(await isWider(opened)).toBe(false)
      expect(await findViolations(opened.page)).toEqual([])
      expect(opened.complaints).toEqual([])
      expect(opened.requests).toEqual([])
    },
  )
})
