/** The tables of performance.md, from what a full run of the benchmark has written. */
import { readFileSync } from 'node:fs'
import { formatNumber, formatQuantity, leadersOf } from 'ambisync/bench'
import { markdownTable } from './markdown-table.js'

/** @returns {import('ambisync/bench').Report} */
function readReport() {
  return JSON.parse(readFileSync(new URL('./data/performance.json', import.meta.url), 'utf8'))
}

const placements = {
  free: 'free',
  pinned: 'pinned to one core',
  busy: 'on busy cores',
}

/** What was measured where, for any report that has it. */
export function machineRows({ created, machine }) {
  return [
    ['day', created.slice(0, 10)],
    ['processor', `${machine.processor}, ${machine.cores} cores`],
    ['memory', `${formatNumber(machine.memoryGiB)} GiB`],
    ['platform', machine.platform],
    ['load before the run', formatNumber(machine.loadAverage)],
  ]
}

export function machineTable() {
  const report = readReport()
  const { runtime, contestants } = report
  const versions = contestants.filter(({ kind }) => kind === 'peer').map(({ name, version }) => `${name} ${version}`)
  return markdownTable(
    ['what', 'which'],
    [...machineRows(report), ['runtime', runtime], ['other libraries', versions.join(', ')]],
  )
}

/** Those that have a column in the overview: adapters, and two things to hold them against. */
const shown = ['worker-threads', 'atomics', 'child-process', 'deasync', 'synckit', 'plain async']

/** The medians of a few; bold for those of them, plain code aside, that noise does not separate from the best. */
export function overviewTable() {
  const report = readReport()
  const rows = report.scenarios.flatMap((scenario) => {
    const [placement] = placementsOf(report, scenario)
    const results = report.results.filter(
      (one) => one.scenario === scenario.name && one.placement === placement && shown.includes(one.contestant),
    )
    return [...new Set(results.map(({ parameter }) => parameter))].flatMap((parameter) => {
      const here = results.filter((one) => one.parameter === parameter)
      const { names } = leadersOf(here.filter(({ contestant }) => contestant !== 'plain async'))
      const size = parameter === undefined ? '' : `: ${formatQuantity(parameter, scenario.parameter.unit)}`
      const where = placement === 'free' ? '' : ` (${placements[placement]})`
      const cells = shown.map((name) => {
        const outcome = here.find(({ contestant }) => contestant === name)?.outcome
        if (outcome?.kind !== 'measured') return outcome?.kind ?? ''
        const text = formatQuantity(outcome.p50, scenario.unit)
        return names.includes(name) ? `**${text}**` : text
      })
      return [[`${scenario.title}${size}${where}`, ...cells]]
    })
  })
  return markdownTable(['p50', ...shown], rows)
}

/** A section for each scenario. */
export function scenarioTables() {
  const report = readReport()
  return report.scenarios.map((scenario) => scenarioSection(report, scenario)).join('\n')
}

function scenarioSection(report, scenario) {
  const results = report.results.filter((result) => result.scenario === scenario.name)
  const make = scenario.parameter === undefined ? plainTable : sweepTable
  const body = make(report, scenario, results)
  const notes = notesOn(report, scenario, results)
  return `### ${upperFirst(scenario.title)}\n\n${body}${notes.length > 0 ? `\n${notes.map((note) => `- ${note}\n`).join('')}` : ''}`
}

/** Both placements side by side. */
function plainTable(report, scenario, results) {
  const shown = placementsOf(report, scenario)
  const cells = (contestant) =>
    shown.flatMap((placement) => {
      const found = results.find((result) => result.contestant === contestant && result.placement === placement)
      if (found?.outcome.kind !== 'measured') return [found?.outcome.kind ?? '', '', '', '']
      const { rank, p50, p99, ratio } = found.outcome
      return [rank ?? '', formatQuantity(p50, scenario.unit), formatQuantity(p99, scenario.unit), showRatio(ratio)]
    })
  return markdownTable(
    [
      'contestant',
      ...shown.flatMap((placement) => [`${placements[placement]}: rank`, 'p50', 'p99', `to ${scenario.baseline}`]),
    ],
    takingPart(results).map((contestant) => [contestant, ...cells(contestant)]),
  )
}

/** A column for each value of what is varied. */
function sweepTable(_report, scenario, results) {
  const values = [...new Set(results.map(({ parameter }) => parameter))].sort((a, b) => a - b)
  const cell = (contestant, value) => {
    const found = results.find((result) => result.contestant === contestant && result.parameter === value)
    return found?.outcome.kind === 'measured'
      ? formatQuantity(found.outcome.p50, scenario.unit)
      : (found?.outcome.kind ?? '')
  }
  return markdownTable(
    ['p50', ...values.map((value) => formatQuantity(value, scenario.parameter.unit))],
    takingPart(results).map((contestant) => [contestant, ...values.map((value) => cell(contestant, value))]),
  )
}

/** Those that have a figure, the best first, and those that failed. */
function takingPart(results) {
  const told = results.filter(({ outcome }) => outcome.kind !== 'not supported')
  const key = ({ outcome }) => (outcome.kind === 'measured' ? outcome.p50 : Number.POSITIVE_INFINITY)
  return [...new Set(told.toSorted((a, b) => key(a) - key(b)).map(({ contestant }) => contestant))]
}

/** Errors as they were, with the version that they are of; and why others take no part, told together. */
function notesOn(report, scenario, results) {
  const versions = new Map(report.contestants.map(({ name, version }) => [name, version]))
  const failed = new Map()
  const absent = new Map()
  for (const { contestant, placement, parameter, outcome } of results) {
    if (outcome.kind === 'failed') {
      const what = `${contestant} ${versions.get(contestant)} failed: \`${outcome.error.replaceAll('`', "'")}\``
      add(
        failed,
        what,
        parameter === undefined ? placements[placement] : formatQuantity(parameter, scenario.parameter.unit),
      )
    } else if (outcome.kind === 'not supported') {
      add(absent, outcome.why, contestant)
    }
  }
  return [
    ...[...failed].map(([what, where]) => `${what} (${[...where].join(', ')})`),
    ...[...absent].map(([why, names]) => `Without ${[...names].join(', ')}: ${why}.`),
  ]
}

function add(map, key, value) {
  map.set(key, (map.get(key) ?? new Set()).add(value))
}

function placementsOf({ results }, { name }) {
  const own = new Set(results.filter(({ scenario }) => scenario === name).map(({ placement }) => placement))
  return Object.keys(placements).filter((placement) => own.has(placement))
}

function showRatio(ratio) {
  if (ratio === undefined) return ''
  return `${formatNumber(ratio.value)} (${formatNumber(ratio.low)} to ${formatNumber(ratio.high)})`
}

function upperFirst(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
