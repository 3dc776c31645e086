import { writeFileSync } from 'node:fs'
import { type Report, renderReport, reportTables, sayWinners } from 'ambisync/bench'
import { paintFor } from '../command/paint.ts'
import type { Field } from './contestants.ts'

export interface Outputs {
  readonly json?: string | true
  readonly html?: string
}

/** Tables on stdout, unless JSON is to be there; files as asked for. */
export async function writeReport(report: Report, { install }: Field, { json, html }: Outputs): Promise<void> {
  const asJson = `${JSON.stringify(report, undefined, 2)}\n`
  if (typeof json === 'string') writeFileSync(json, asJson)
  if (html !== undefined) writeFileSync(html, await renderReport(report))
  if (json === true) {
    process.stdout.write(asJson)
    return
  }
  const paint = paintFor('stdout')
  process.stdout.write(
    `${reportTables(report, { colors: paint.isColorSupported })}\n${isEmpty(report) ? '' : `\n${sayWinners(report)}\n`}`,
  )
  if (install !== undefined) process.stdout.write(`${paint.dim(`More strategies: ${install}`)}\n`)
  for (const file of [json, html]) if (typeof file === 'string') process.stdout.write(`Written: ${file}\n`)
}

function isEmpty({ results }: Report): boolean {
  return !results.some(({ outcome }) => outcome.kind === 'measured')
}
