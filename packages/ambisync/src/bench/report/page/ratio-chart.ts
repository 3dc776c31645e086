import { axisX, dot, gridX, plot, pointerY, ruleX, ruleY, tip } from '@observablehq/plot'
import type { ReportedScenario } from '../../report-data.ts'
import { formatNumber } from '../quantity.ts'
import type { Identity } from './identity.ts'
import { logDomain, logTicks } from './log-axis.ts'
import { layoutRows } from './row-layout.ts'
import type { Figure } from './selection.ts'

/** A figure that has a ratio to the baseline. */
export interface Ratio {
  readonly contestant: string
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Best first. Ratios that a logarithm cannot show are left to the table. */
export function ratiosOf(figures: readonly Figure[]): Ratio[] {
  return figures
    .flatMap(({ contestant, measured: { ratio } }) => (ratio === undefined ? [] : [{ contestant, ...ratio }]))
    .filter(({ value, low, high }) => value > 0 && low > 0 && Number.isFinite(high))
    .sort((a, b) => a.value - b.value)
}

/** Noise does not tell it from the baseline. */
export function isLevel({ low, high }: Ratio): boolean {
  return low <= 1 && high >= 1
}

interface Options {
  readonly scenario: ReportedScenario
  readonly ratios: readonly Ratio[]
  /** Of every placement: they share an axis. */
  readonly all: readonly Ratio[]
  readonly identities: ReadonlyMap<string, Identity>
  readonly width: number
}

/** A row a contestant: its ratio to the baseline, and the interval as a line; hollow where the interval holds 1. */
export function drawRatios({ scenario, ratios, all, identities, width }: Options): Element {
  const domain = logDomain([1, ...all.flatMap(({ low, high }) => [low, high])]) ?? [0.5, 2]
  const rows = ratios.map((ratio) => ({
    ...ratio,
    id: ratio.contestant,
    ...labelsOf(ratio),
    ratio: ratio.value,
    identity: identities.get(ratio.contestant),
    isLevel: isLevel(ratio),
  }))
  type Row = (typeof rows)[number]
  const { marks, dy, ...layout } = layoutRows(rows, all.map(labelsOf), width)
  const stroke = ({ identity }: Row): string => identity?.color ?? 'currentColor'
  const ticks = logTicks(domain, (width - layout.marginLeft - layout.marginRight) / 56)
  const title = ({ id, value, remark }: Row): string => `${id}\n${value} ${scenario.baseline}\n95 % interval ${remark}`
  return plot({
    ...layout,
    width,
    x: { axis: null, type: 'log', domain },
    y: { domain: rows.map(({ id }) => id), axis: null },
    color: { type: 'identity' },
    marks: [
      gridX(ticks),
      axisX(ticks, {
        color: 'var(--muted)',
        text: (value: number) => `${formatNumber(value)}×`,
        label: directions(scenario),
        labelAnchor: 'center',
        labelArrow: 'none',
      }),
      ruleX([1], { stroke: 'currentColor', strokeWidth: 1.5 }),
      ruleY(rows, { y: 'id', x1: 'low', x2: 'high', stroke, strokeWidth: 3, strokeOpacity: 0.7, dy }),
      dot(rows, {
        y: 'id',
        x: 'ratio',
        dy,
        r: 4,
        symbol: ({ identity }: Row) => identity?.symbol ?? 'circle',
        fill: (row: Row) => (row.isLevel ? 'var(--page)' : stroke(row)),
        stroke,
        strokeWidth: 1.25,
      }),
      ...marks,
      tip(rows, pointerY({ y: 'id', x: 'ratio', title, dy, ariaHidden: 'true', lineHeight: 1.4 })),
    ],
  })
}

function labelsOf({ contestant, value, low, high }: Ratio): { label: string; value: string; remark: string } {
  return {
    label: contestant,
    value: `${formatNumber(value)}×`,
    remark: `(${formatNumber(low)} to ${formatNumber(high)})`,
  }
}

function directions({ unit, baseline }: ReportedScenario): string {
  const [less, more] = unit === 'us' || unit === 'ms' ? ['faster', 'slower'] : ['less', 'more']
  const name = baseline.length > 20 ? 'the baseline' : baseline
  return `← ${less} than ${name} · ${more} →`
}
