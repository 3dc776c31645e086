import { accessSync, constants, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
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
 * @throws {Misuse} if the folder of the file is not there, or not to be written to
 */
export function checkOutputs({ html }: Outputs): void {
  if (html === undefined) return
  try {
    accessSync(dirname(resolve(html)), constants.W_OK)
  } catch (cause) {
    throw new Misuse(`${html} cannot be written: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

/** Tables on stdout, unless JSON is to be there; HTML goes to its file. */
export async function writeReport(report: Report, { install }: Field, { json, html }: Outputs): Promise<void> {
  if (html !== undefined) writeFileSync(html, await renderReport(report))
  if (json) {
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`)
    return
  }
  const paint = paintFor('stdout')
  process.stdout.write(
    `${reportTables(report, { colors: paint.isColorSupported })}\n${isEmpty(report) ? '' : `\n${sayWinners(report)}\n`}`,
  )
  if (install !== undefined) process.stdout.write(`${paint.dim(`More strategies: ${install}`)}\n`)
  if (html !== undefined) process.stdout.write(`Written: ${html}\n`)
}

function isEmpty({ results }: Report): boolean {
  return !results.some(({ outcome }) => outcome.kind === 'measured')
}
