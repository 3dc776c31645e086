import type { Report } from './report-data.ts'

/** A report as one HTML page that needs no network. */
export function renderReport(_report: Report): Promise<string> {
  return Promise.reject(new Error('there is no HTML report yet: use --json'))
}
