import type { Report } from './report-data.ts'

/** @throws {TypeError} if it is not a report, or one of another format */
export function parseReport(text: string): Report {
  let report: unknown
  try {
    report = JSON.parse(text)
  } catch (cause) {
    throw new TypeError('it is not JSON', { cause })
  }
  if (!isReport(report)) throw new TypeError('it is not a report of format 1, as --json writes it')
  return report
}

function isReport(value: unknown): value is Report {
  if (typeof value !== 'object' || value === null) return false
  const { format, results, scenarios, contestants } = value as Partial<Report>
  return format === 1 && [results, scenarios, contestants].every(Array.isArray)
}
