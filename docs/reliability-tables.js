/** The tables of reliability.md, from what runs of the failure matrix, the soak and the chaos run have written. */
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { markdownTable } from './markdown-table.js'

function read(name) {
  return JSON.parse(readFileSync(new URL(`./data/${name}.json`, import.meta.url), 'utf8'))
}

/** Those of ambisync are told of below the table. */
const isOurs = (code) => code?.startsWith('ERR_AMBISYNC_')

function describeError({ class: name, code, exitCode, signal, cause }) {
  const details = [
    ...(code === undefined || isOurs(code) ? [] : [`\`${code}\``]),
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(signal === undefined ? [] : [signal]),
    ...(cause === undefined ? [] : [`cause \`${cause}\``]),
  ]
  return [`\`${name}\``, ...details].join(', ')
}

function describeEnd(end) {
  if ('stillStuck' in end) return 'stuck for good'
  return `the process ends ${'signal' in end ? `by ${end.signal}` : `with exit code ${end.exitCode}`}`
}

/** What was seen, as far as it is not what every cell shows: the next call works, and the process ends in good order. */
function describeSeen({ outcome, next, order, inAnyOrder, leftBehind, end }) {
  const parts = []
  if (outcome !== undefined) parts.push('threw' in outcome ? describeError(outcome.threw) : outcome.returned)
  if (order !== undefined) parts.push(order.join(', then '))
  if (inAnyOrder !== undefined) parts.push(`${inAnyOrder.join(' and ')}, in either order`)
  if (next !== undefined && next[0] !== 'works') {
    parts.push(`next call ${next.map((each) => (each === 'works' ? each : `\`${each}\``)).join(', then ')}`)
  }
  if (end.exitCode !== 0 || parts.length === 0) parts.push(describeEnd(end))
  if (leftBehind) parts.push('its loop lives on')
  return parts.join('; ')
}

function describeCell({ modes, seen, because, withinASecond }, alone) {
  const late = withinASecond === false ? ', after more than 1 s' : ''
  const why = because === undefined ? '' : ` (${because})`
  return `${alone ? '' : `${modes.join(', ')}: `}${describeSeen(seen)}${late}${why}`
}

/** Configurations of which every cell says the same share a column. */
export function failureTable() {
  const { node, platform, configurations, cells } = read('failure-matrix')
  const rows = [...new Set(cells.map(({ row }) => row))]
  const columns = new Map()
  for (const configuration of Object.keys(configurations)) {
    const texts = rows.map((row) => {
      const here = cells.filter((cell) => cell.row === row && cell.configuration === configuration)
      return here.map((cell) => describeCell(cell, here.length === 1)).join('; ')
    })
    const key = JSON.stringify(texts)
    columns.set(key, { texts, names: [...(columns.get(key)?.names ?? []), configuration] })
  }
  const all = [...columns.values()]
  const body = rows.map((row, index) => [row, ...all.map(({ texts }) => texts[index])])
  const errors = cells.flatMap(({ seen }) => seen.outcome?.threw ?? [])
  const codes = new Map(errors.filter(({ code }) => isOurs(code)).map((error) => [error.class, error.code]))
  const legend = [...codes].map(([name, code]) => `\`${name}\` is \`${code}\``).join(', ')
  const special = Object.entries(configurations).filter(([, options]) => Object.keys(options).length > 0)
  const options = special.map(([name, given]) => `${name} has \`${inspect(given)}\``).join(', ')
  const head = ['', ...all.map(({ names }) => names.join(', '))]
  return `${markdownTable(head, body)}\nBy code: ${legend}. As options, ${options}. Seen on Node.js ${node}, ${platform}.\n`
}

export function soakTable() {
  const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1)
  const results = read('soak')
  const names = [...new Set(results.flatMap(({ growth }) => growth.map(({ name }) => name)))]
  const rows = results.map(({ configuration, calls, wrong, growth }) => [
    configuration,
    calls.toLocaleString('en'),
    wrong,
    ...names.map((name) => {
      const found = growth.find((one) => one.name === name)
      return found === undefined ? '' : `${megabytes(found.atHalf)}, ${megabytes(found.atEnd)}`
    }),
  ])
  const platforms = new Set(results.map(({ node, platform }) => `Node.js ${node}, ${platform}`))
  return `${markdownTable(['', 'calls', 'wrong', ...names], rows)}\nIn MB, at the half and at the end. ${[...platforms].join('; ')}.\n`
}

export function chaosTable() {
  const results = read('chaos')
  const rows = results.map(({ configuration, seconds, seed, totals }) => {
    const { calls, right, failed, expired, cancelled, diedWithLoop, callbacks, items, exits, restarts } = totals
    const counts = [exits, restarts, calls, right, failed, expired, cancelled, diedWithLoop, callbacks, items]
    return [configuration, seconds, seed, ...counts.map((count) => count.toLocaleString('en'))]
  })
  const head = [
    '',
    'seconds',
    'seed',
    'loops ended',
    'restarts',
    'calls',
    'right answers',
    'failures of tasks',
    'timed out',
  ]
  return markdownTable([...head, 'cancelled', 'ended with their loop', 'callbacks', 'items of streams'], rows)
}
