import type { FailureRow, SeenEnd, SeenError } from './failure-row.ts'

/** How a cell is judged at a glance; the text beside it says what happened. */
export type Verdict = 'goes on' | 'process ends' | 'stuck'

export function verdictOf({ seen: { outcome, order, inAnyOrder, end } }: FailureRow): Verdict {
  if ('stillStuck' in end) return 'stuck'
  // A caller that saw nothing at all was taken along, however well its process ended.
  const saw = outcome ?? order ?? inAnyOrder
  return saw !== undefined && 'exitCode' in end && end.exitCode === 0 ? 'goes on' : 'process ends'
}

/** What was seen, as far as it is not what most cells show: the next call works, the process ends in good order. */
export function describeFailure({ seen, because, withinASecond }: FailureRow): string {
  const { outcome, next = [], order, inAnyOrder, leftBehind, end } = seen
  const parts: string[] = []
  if (outcome !== undefined) parts.push('threw' in outcome ? describeError(outcome.threw) : outcome.returned)
  if (order !== undefined) parts.push(order.join(', then '))
  if (inAnyOrder !== undefined) parts.push(`${inAnyOrder.join(' and ')}, in either order`)
  if (next.length > 0 && next[0] !== 'works') parts.push(`next call: ${next.join(', then ')}`)
  if (!('exitCode' in end) || end.exitCode !== 0 || parts.length === 0) parts.push(describeEnd(end))
  if (leftBehind === true) parts.push('its loop lives on')
  if (withinASecond === false) parts.push('after more than 1 s')
  return `${parts.join('; ')}${because === undefined ? '' : ` (${because})`}`
}

function describeError({ class: name, code, exitCode, signal, cause }: SeenError): string {
  const details: string[] = []
  // The house's own codes say what the class says.
  if (code !== undefined && !code.startsWith('ERR_AMBISYNC_')) details.push(code)
  if (exitCode !== undefined) details.push(`exit code ${exitCode}`)
  if (signal !== undefined) details.push(signal)
  if (cause !== undefined) details.push(`cause ${cause}`)
  return [name, ...details].join(', ')
}

function describeEnd(end: SeenEnd): string {
  if ('stillStuck' in end) return 'stuck for good'
  return `the process ends ${'signal' in end ? `by ${end.signal}` : `with exit code ${end.exitCode}`}`
}
