import type { VNode } from 'preact'
import type { Report } from '../../report-data.ts'
import { formatNumber } from '../quantity.ts'
import { ThemeSwitch } from './theme-switch.tsx'

/** What was measured, where and when. */
export function Header({ report }: { report: Report }): VNode {
  const { created, subject, machine, runtime, contestants, scenarios } = report
  const facts = [
    ['Measured', formatDate(created)],
    ['Processor', `${machine.processor}, ${formatNumber(machine.cores)} cores`],
    ['Memory', `${formatNumber(machine.memoryGiB)} GiB`],
    ['System', machine.platform],
    ['Runtime', runtime],
    ['Load at start', formatNumber(machine.loadAverage)],
  ]
  return (
    <header class="top">
      <div class="title">
        <p class="overline">ambisync bench</p>
        <ThemeSwitch />
      </div>
      <h1>Strategies compared</h1>
      {subject !== undefined && <p class="subject">{subject}</p>}
      <p class="lead">
        {formatNumber(contestants.length)} contestants in {formatNumber(scenarios.length)} scenarios, in turns within
        one run, each in processes of its own.
      </p>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  )
}

function formatDate(created: string): string {
  const date = new Date(created)
  if (Number.isNaN(date.getTime())) return created
  return `${new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(date)} UTC`
}
