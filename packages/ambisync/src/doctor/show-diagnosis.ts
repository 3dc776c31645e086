import { paintFor } from '../command/paint.ts'
import { runtimeName } from '../runtime-name.ts'
import type { Check, Diagnosis } from './diagnosis.ts'

const paint = paintFor('stdout')

const marks: Readonly<Record<Check['status'], string>> = {
  works: paint.green('works'),
  fails: paint.red('FAILS'),
  'not installed': paint.dim('not installed'),
}

export function showTitle(): string {
  return paint.bold(`${runtimeName()} on ${process.platform}-${process.arch}\n\n`)
}

/** A line or two for each, as they come. */
export function showCheck({ title, status, detail, remedy, purpose }: Check): string {
  const head = `${marks[status]}  ${title}`
  if (status === 'not installed') return `${head}: ${purpose}\n       ${paint.dim(remedy ?? '')}\n`
  const line = `${head}: ${detail}\n`
  return remedy === undefined ? line : `${line}       ${paint.yellow(remedy)}\n`
}

export function showSummary({ canBlock, checks }: Diagnosis): string {
  const working = checks.filter(({ kind, status }) => kind === 'strategy' && status === 'works')
  if (!canBlock) return `\n${paint.red('Nothing here can block.')} Only .async works. See the remedies above.\n`
  const names = working.map(({ title }) => title).join(', ')
  return `\n${paint.green('Blocking works here')}, by ${names}. Next: npx ambisync pick\n`
}
