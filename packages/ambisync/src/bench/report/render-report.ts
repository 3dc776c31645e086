import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Report } from '../report-data.ts'
import type { FailureRow } from './failure-row.ts'

/**
 * A report as one HTML file, with charts, that asks for nothing from the network.
 *
 * All that comes from the report is data to the page: none of it becomes markup or code, whatever it contains.
 * The file can be opened from disk, mailed, or served as it is.
 */
export async function renderReport(
  report: Report,
  extras: { readonly failures?: readonly FailureRow[] } = {},
): Promise<string> {
  const [script, style, licences] = await Promise.all(
    ['report-page.js', 'report-page.css', 'report-page.LICENSES.txt'].map(readAsset),
  )
  const code = inScript(`/*!\n${licences?.replaceAll('*/', '* /')}*/\n${script}`)
  const policy = [
    "default-src 'none'",
    `script-src '${hash(code)}'`,
    `style-src '${hash(style ?? '')}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>ambisync: strategies compared</title>
<style>${style}</style>
</head>
<body>
<noscript>This report draws its tables and charts with a script of its own, which is switched off here.</noscript>
<div id="page"></div>
<script type="application/json" id="data">${asData({ report, failures: extras.failures ?? [] })}</script>
<script type="module">${code}</script>
</body>
</html>
`
}

/** Beside this file's bundle in `dist`. */
function readAsset(name: string): Promise<string> {
  return readFile(new URL(`./${name}`, import.meta.url), 'utf8')
}

/** What would end a script element, or keep its end from being seen, reads the same to JavaScript with a backslash. */
function inScript(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, '\\x3C')
}

/** JSON in which nothing can end the element around it. More digits than four are not seen and only make the file big. */
function asData(data: object): string {
  const json = JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value,
  )
  return json.replaceAll('<', '\\u003c')
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
