import type { ReportedScenario } from '../report-data.ts'

/** A unit as it is written beside a number. */
export function unitSymbol(unit: string): string {
  return unit === 'us' ? 'µs' : unit
}

const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const wholeDigits = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** A number and its unit stay on one line. */
const joint = '\u00a0'

/** Three significant digits, but never fewer than all before the point: 0.0512, 3.42, 12,345. JSON has null for what is infinite. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return Math.abs(value) >= 1000 ? wholeDigits.format(value) : threeDigits.format(value)
}

/** With its unit, in the scale that reads best: 85,300 us is 85.3 ms. */
export function formatQuantity(value: number, unit: ReportedScenario['unit'] | string): string {
  if (unit === 'B') return formatBytes(value)
  if (unit === 'us' && value >= 1000) return formatQuantity(value / 1000, 'ms')
  if (unit === 'ms' && value >= 1000) return `${formatNumber(value / 1000)}${joint}s`
  return unit === '' ? formatNumber(value) : `${formatNumber(value)}${joint}${unitSymbol(unit)}`
}

function formatBytes(value: number): string {
  const step = [30, 20, 10].find((power) => value >= 2 ** power) ?? 0
  const prefix = { 0: 'B', 10: 'KiB', 20: 'MiB', 30: 'GiB' }[step]
  return `${formatNumber(value / 2 ** step)}${joint}${prefix}`
}

/** A value among others of any unit, for sorting: times compare with times. */
export function comparable(value: number, unit: ReportedScenario['unit']): number {
  return unit === 'ms' ? value * 1000 : value
}

/** For a chart, where the axis says the rest. */
export function formatBriefly(value: number, unit: string): string {
  return unit === '% of a core' ? `${formatNumber(value)}${joint}%` : formatQuantity(value, unit)
}

/** Times change their unit along an axis; others are numbers, with their unit beside the axis. */
export function formatTick(value: number, unit: string): string {
  return unit === 'us' || unit === 'ms' ? formatQuantity(value, unit) : formatNumber(value)
}

/** What stands beside an axis. */
export function axisTitle(unit: string, ...rest: readonly string[]): string {
  return [...(unit === 'us' || unit === 'ms' ? [] : [unit]), ...rest].join(', ')
}
