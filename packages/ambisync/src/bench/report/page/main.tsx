import { render } from 'preact'
import type { Report } from '../../report-data.ts'
import type { FailureRow } from '../failure-row.ts'
import { App } from './app.tsx'

const data = document.getElementById('data')?.textContent ?? ''
const { report, failures }: { report: Report; failures: readonly FailureRow[] } = JSON.parse(data)
const page = document.getElementById('page')
if (page !== null) render(<App report={report} failures={failures} />, page)
