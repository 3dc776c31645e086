import { createHash } from 'node:crypto'
import { renderReport } from 'ambisync/bench'
import { expect, test } from 'vitest'
import { fixtureReport } from './fixture-report.ts'

test('one file that refers to nothing outside it and lets nothing run but its own script', async () => {
  const html = await renderReport(fixtureReport())
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? ''
  const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? ''
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? ''
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ])
  const markup = html.replace(script, '').replace(style, '')
  expect(markup).not.toMatch(/\b(src|href)=|url\(|@import/)
})

test('the licences of what it carries go with it', async () => {
  const html = await renderReport(fixtureReport())
  for (const name of ['preact', '@observablehq/plot', 'd3-scale']) expect(html).toContain(`Name: ${name}\n`)
})

test('the same report is the same file', async () => {
  expect(await renderReport(fixtureReport(7))).toBe(await renderReport(fixtureReport(7)))
})
