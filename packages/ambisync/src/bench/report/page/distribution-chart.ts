import { axisX, dot, gridX, plot, pointerY, ruleY, tip } from '@observablehq/plot'
import type { Measured, ReportedScenario } from '../../report-data.ts'
import { axisTitle, formatBriefly, formatTick } from '../quantity.ts'
import type { Identity } from './identity.ts'
import { logDomain, logTicks } from './log-axis.ts'
import { layoutRows } from './row-layout.ts'
import type { Figure } from './selection.ts'

/** The value at a percentage of the distribution. */
function quantile({ quantiles, p50 }: Measured, percentage: number): number {
  return quantiles[Math.round((percentage / 100) * (quantiles.length - 1))] ?? p50
}

/** What a row of the chart shows. */
export function distributionOf(measured: Measured): Record<'p1' | 'p10' | 'p25' | 'p75' | 'p90' | 'p99', number> {
  const at = (percentage: number): number => quantile(measured, percentage)
  return { p1: at(1), p10: at(10), p25: at(25), p75: at(75), p90: measured.p90, p99: measured.p99 }
}

/** All values that the charts of a scenario show, so that they share an axis. */
export function distributionDomain(figures: readonly Figure[]): [number, number] | undefined {
  return logDomain(figures.flatMap(({ measured }) => [quantile(measured, 1), measured.p50, measured.p99, measured.max]))
}

/** Best median first. */
export function sortFigures(figures: readonly Figure[]): Figure[] {
  return [...figures].sort((a, b) => a.measured.p50 - b.measured.p50)
}

interface Options {
  readonly scenario: ReportedScenario
  readonly figures: readonly Figure[]
  /** Of every placement: they share an axis. */
  readonly all: readonly Figure[]
  readonly identities: ReadonlyMap<string, Identity>
  readonly width: number
}

/** A row a contestant: the middle half thick, 10 to 90 % thinner, 1 to 99 % a line, the maximum a ring. */
export function drawDistributions({ scenario, figures, all, identities, width }: Options): Element {
  const domain = distributionDomain(all)
  const { unit } = scenario
  const labelsOf = ({ contestant, measured }: Pick<Figure, 'contestant' | 'measured'>) => ({
    label: measured.rank === undefined ? contestant : `${measured.rank}. ${contestant}`,
    value: formatBriefly(measured.p50, unit),
  })
  const rows = sortFigures(figures).map(({ contestant, measured }) => ({
    id: contestant,
    ...labelsOf({ contestant, measured }),
    identity: identities.get(contestant),
    p50: measured.p50,
    max: measured.max,
    ...distributionOf(measured),
  }))
  type Row = (typeof rows)[number]
  const { marks, dy, ...layout } = layoutRows(rows, all.map(labelsOf), width)
  const stroke = ({ identity }: Row): string => identity?.color ?? 'currentColor'
  const common = { y: 'id', stroke, dy }
  const ticks =
    domain === undefined ? undefined : logTicks(domain, (width - layout.marginLeft - layout.marginRight) / 62)
  const title = (row: Row): string =>
    [
      row.id,
      `median ${row.value}`,
      ...(['p1', 'p10', 'p90', 'p99', 'max'] as const).map((key) => `${key} ${formatBriefly(row[key], unit)}`),
    ].join('\n')
  return plot({
    ...layout,
    width,
    x: { axis: null, ...(domain === undefined ? { zero: true } : { type: 'log', domain }) },
    y: { domain: rows.map(({ id }) => id), axis: null },
    color: { type: 'identity' },
    marks: [
      gridX(ticks),
      axisX(ticks, {
        color: 'var(--muted)',
        text: (value: number) => formatTick(value, unit),
        label: axisTitle(unit, ...(domain === undefined ? [] : ['logarithmic'])),
        labelAnchor: 'center',
        labelArrow: 'none',
      }),
      ruleY(rows, { ...common, x1: 'p1', x2: 'p99', strokeWidth: 1.5 }),
      ruleY(rows, { ...common, x1: 'p10', x2: 'p90', strokeWidth: 6, strokeOpacity: 0.45 }),
      ruleY(rows, { ...common, x1: 'p25', x2: 'p75', strokeWidth: 12, strokeOpacity: 0.6 }),
      dot(rows, { ...common, x: 'max', r: 2.5, fill: 'var(--page)', strokeWidth: 1.25 }),
      dot(rows, {
        y: 'id',
        x: 'p50',
        dy,
        r: 4,
        symbol: ({ identity }: Row) => identity?.symbol ?? 'circle',
        fill: stroke,
        stroke: 'var(--page)',
        strokeWidth: 1.25,
      }),
      ...marks,
      tip(rows, pointerY({ y: 'id', x: 'p50', title, dy, ariaHidden: 'true', lineHeight: 1.4 })),
    ],
  })
}
