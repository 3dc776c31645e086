import type { Report } from 'ambisync/bench'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findViolations } from './axe.ts'
import { type Browser, launchBrowser } from './browser.ts'
import { fixtureReport, smallFixture } from './fixture-report.ts'
import { openReport } from './open-report.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser[Symbol.asyncDispose]())

const empty: Report = { ...fixtureReport(), contestants: [], scenarios: [], results: [] }

test('a report of nothing', async () => {
  await using opened = await openReport(browser.context, empty, { width: 390 })
  await opened.page.getByText('The report holds no results.').waitFor()
  expect(await findViolations(opened.page)).toEqual([])
  expect(opened.complaints).toEqual([])
})

test('a report of failures only', async () => {
  const report = smallFixture()
  const results = report.results.map((result) => ({
    ...result,
    outcome: { kind: 'failed', error: `${result.contestant}: no answer within 60 s` } as const,
  }))
  await using opened = await openReport(browser.context, { ...report, results }, { width: 390 })
  await opened.page.getByText('Nothing was measured.').first().waitFor()
  expect(await opened.page.locator('figure').count()).toBe(0)
  await opened.page.getByRole('listitem').filter({ hasText: 'synckit: no answer within 60 s' }).first().waitFor()
  expect(await findViolations(opened.page)).toEqual([])
  expect(opened.complaints).toEqual([])
})

const hostile: readonly (readonly [kind: string, text: string])[] = [
  ['the end of a script', '</script><script>globalThis.broken = true</script>'],
  ['an image', '<img src="http://127.0.0.1:9/x.png" onerror="globalThis.broken = true">'],
  ['a comment that opens', '<!--<script>'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay a text
  ['quotes, entities, line separators', '"\'`${globalThis.broken = true}` &lt;b&gt; \u2028\u2029 \\u003c/script>'],
  ['a prototype', '__proto__'],
  ['a constructor', 'constructor'],
  ['an address that is a script', 'javascript:globalThis.broken=true'],
  ['a word without end', 'x'.repeat(5000)],
]

test.each(hostile)('text of the report stays text: %s', async (_kind, text) => {
  const whole = fixtureReport()
  const [first, ...others] = whole.contestants
  if (first === undefined) throw new Error('the fixture has contestants')
  const rename = (name: string): string => (name === first.name ? text : name)
  const report: Report = {
    ...whole,
    created: text,
    runtime: text,
    machine: { ...whole.machine, processor: text, platform: text },
    contestants: [{ ...first, name: text, version: text, capabilities: { [text]: text, survives: [text] } }, ...others],
    scenarios: whole.scenarios.map((scenario) => ({
      ...scenario,
      title: `${text} ${scenario.name}`,
      baseline: rename(scenario.baseline),
      ...(scenario.parameter !== undefined && { parameter: { name: text, unit: text } }),
    })),
    results: whole.results.map((result, index) => ({
      ...result,
      contestant: rename(result.contestant),
      outcome: index % 3 === 1 ? { kind: 'failed', error: text } : result.outcome,
    })),
  }
  const failures = [
    {
      row: text,
      configuration: text,
      modes: [text],
      because: text,
      seen: { outcome: { threw: { class: text } }, end: { exitCode: 0 } },
    },
  ]
  await using opened = await openReport(browser.context, report, { width: 390, failures })
  const { page } = opened
  await page.locator('svg[role=img]').last().waitFor()
  expect(await page.evaluate('globalThis.broken')).toBeUndefined()
  expect(await page.locator('img, #page script, a[href^="javascript"]').count()).toBe(0)
  expect(await page.locator('.facts dd').first().textContent()).toBe(text)
  expect(await page.locator('.missing', { hasText: text }).count()).toBeGreaterThan(0)
  expect(await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')).toBe(false)
  expect(opened.requests).toEqual([])
  expect(opened.complaints).toEqual([])
})

test('figures that a logarithm cannot show', async () => {
  const report = fixtureReport()
  const results = report.results.map((result) => ({
    ...result,
    outcome:
      result.outcome.kind === 'measured'
        ? {
            ...result.outcome,
            ...{ p50: 0, p90: 0, p99: 0, max: 0, quantiles: [] },
            ratio: { value: Number.POSITIVE_INFINITY, low: 0, high: Number.NaN },
          }
        : result.outcome,
  }))
  await using opened = await openReport(browser.context, { ...report, results })
  await opened.page.locator('svg[role=img]').last().waitFor()
  expect(opened.complaints).toEqual([])
})
