import { cpus, loadavg, totalmem } from 'node:os'
import type { Report } from './report-data.ts'

/** What a figure depends on, in general terms. */
export function describeMachine(): Report['machine'] {
  const all = cpus()
  return {
    processor: all[0]?.model.trim() || 'unknown',
    cores: all.length,
    memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
    platform: `${process.platform} ${process.arch}`,
    loadAverage: Number((loadavg()[0] ?? 0).toFixed(2)),
  }
}
