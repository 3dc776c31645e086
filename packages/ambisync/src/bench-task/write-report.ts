import { closeSync, openSync, writeFileSync } from 'node:fs'
import { type Report, renderReport, reportTables, sayWinners } from 'ambisync/bench'
import { Misuse } from '../command/exit-codes.ts'
import { paintFor } from '../command/paint.ts'
import type { Field } from './contestants.ts'

export interface Outputs {
  readonly json?: true
  readonly html?: string
}

/**
 * Before anything is measured for it.
 *
 * @throws {Misuse} if the file cannot be written
 */
export function checkOutputs({ html }: Outputs): void {
  if (html === undefined) return
  try {
    closeSync(openSync(html, 'a'))
  } catch (cause) {
    throw new Misuse(`${html} cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

/** Tables on stdout, unless JSON is to be there, or nothing was tried; HTML goes to its file. */
export async function writeReport(report: Report, { install }: Field, { json, html }: Outputs): Promise<void> {
  const paint = paintFor('stdout')
  const isTried = report.contestants.length > 1
  if (json) {
    process.stdout.write(`${JSON.stringify(report)}\n`)
  } else if (isTried) {
    process.stdout.write(`${reportTables(report, { colors: paint.isColorSupported })}\n\n${sayWinners(report)}\n`)
    if (install !== undefined) process.stdout.write(`${paint.dim(`More strategies: ${install}`)}\n`)
  }
  if (html === undefined) return
  writeFileSync(html, await renderReport(report))
  if (!json) process.stdout.write(`Written: ${html}\n`)
}
