export type { Report } from './bench/report-data.ts'
