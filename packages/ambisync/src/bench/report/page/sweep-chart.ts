import { axisX, axisY, dot, gridY, line, link, plot, pointer, text, tip } from '@observablehq/plot'
import type { ReportedScenario } from '../../report-data.ts'
import { axisTitle, formatQuantity, formatTick } from '../quantity.ts'
import type { Identity } from './identity.ts'
import { logDomain, logTicks } from './log-axis.ts'
import type { Figure } from './selection.ts'

interface Point {
  readonly contestant: string
  readonly x: number
  readonly y: number
}

/** What lines go through: the medians at each value of the parameter. */
export function pointsOf(figures: readonly Figure[]): Point[] {
  return figures
    .flatMap(({ contestant, parameter: x, measured: { p50: y } }) => (x === undefined ? [] : [{ contestant, x, y }]))
    .sort((a, b) => a.x - b.x)
}

interface Options {
  readonly scenario: ReportedScenario
  readonly points: readonly Point[]
  /** All points of the scenario, so that its charts share their axes. */
  readonly all: readonly Point[]
  readonly identities: ReadonlyMap<string, Identity>
  readonly width: number
}

/** Lines over the parameter, with names at their ends where there is room. */
export function drawSweep({ scenario, points, all, identities, width }: Options): Element {
  const unit = scenario.parameter?.unit ?? ''
  const xDomain = logDomain(all.map(({ x }) => x))
  const yDomain = logDomain(all.map(({ y }) => y))
  const names = [...new Set(points.map(({ contestant }) => contestant))]
  const isWide = width >= 620
  const frame = {
    height: Math.min(Math.max(320, names.length * 22 + 60), isWide ? 500 : 380),
    marginTop: 26,
    marginBottom: 46,
    marginLeft: 64,
    marginRight: isWide ? Math.ceil(Math.max(...names.map((name) => Math.min(name.length, 30))) * 6.7) + 36 : 16,
  }
  const color = ({ contestant }: { contestant: string }): string => identities.get(contestant)?.color ?? 'currentColor'
  const symbol = ({ contestant }: { contestant: string }): string => identities.get(contestant)?.symbol ?? 'circle'
  const dots = { r: 4, symbol, fill: color, stroke: 'var(--page)', strokeWidth: 1 }
  const ends = isWide ? placeLabels(points, yDomain, frame.height - frame.marginTop - frame.marginBottom) : []
  const log = (domain: [number, number] | undefined): object =>
    domain === undefined ? { type: 'linear' } : { type: 'log', domain }
  const xTicks = thin(
    [...new Set(all.map(({ x }) => x))].sort((a, b) => a - b),
    width,
  )
  const yTicks = yDomain === undefined ? undefined : logTicks(yDomain, frame.height / 24)
  return plot({
    ...frame,
    width,
    x: { axis: null, ...log(xDomain) },
    y: { axis: null, ...log(yDomain) },
    color: { type: 'identity' },
    marks: [
      gridY(yTicks),
      axisX(xTicks, {
        color: 'var(--muted)',
        text: (value: number) => formatQuantity(value, unit),
        label: scenario.parameter?.name ?? '',
        labelAnchor: 'center',
        labelArrow: 'none',
      }),
      axisY(yTicks, {
        color: 'var(--muted)',
        text: (value: number) => formatTick(value, scenario.unit),
        label: axisTitle(scenario.unit, 'median'),
        labelArrow: 'none',
      }),
      // One mark a line: a dash is of a mark, not of a datum.
      ...names.map((name) =>
        line(
          points.filter(({ contestant }) => contestant === name),
          {
            x: 'x',
            y: 'y',
            stroke: color({ contestant: name }),
            strokeWidth: 2,
            strokeDasharray: identities.get(name)?.dash ?? 'none',
          },
        ),
      ),
      dot(points, { x: 'x', y: 'y', ...dots }),
      link(ends, { x1: 'x', y1: 'y', x2: () => xDomain?.[1], y2: 'at', stroke: color, strokeOpacity: 0.5 }),
      dot(ends, { y: 'at', frameAnchor: 'right', dx: 8, ...dots }),
      text(ends, {
        y: 'at',
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 18,
        fill: 'currentColor',
        text: ({ contestant }: Point) => (contestant.length > 30 ? `${contestant.slice(0, 29)}…` : contestant),
      }),
      tip(
        points,
        pointer({
          x: 'x',
          y: 'y',
          ariaHidden: 'true',
          lineHeight: 1.4,
          title: ({ contestant, x, y }: Point) =>
            `${contestant}\n${formatQuantity(y, scenario.unit)} at ${formatQuantity(x, unit)}`,
        }),
      ),
    ],
  })
}

/** As many of the values as have room for their labels. */
function thin(values: readonly number[], width: number): number[] {
  const every = Math.ceil(values.length / Math.max(3, Math.floor(width / 90)))
  return values.filter((_, index) => index % every === 0)
}

/** Names at the ends of lines, moved apart so that none covers another. */
function placeLabels(
  points: readonly Point[],
  domain: [number, number] | undefined,
  height: number,
): (Point & { at: number })[] {
  if (domain === undefined) return []
  const [low, high] = domain
  const span = Math.log(high / low)
  const last = new Map(points.map((point) => [point.contestant, point]))
  const placed = [...last.values()]
    .map((point) => ({ point, pixel: (Math.log(point.y / low) / span) * height }))
    .sort((a, b) => a.pixel - b.pixel)
  const gap = Math.min(17, height / placed.length)
  for (const [index, one] of placed.entries()) {
    const before = placed[index - 1]
    if (before !== undefined) one.pixel = Math.max(one.pixel, before.pixel + gap)
  }
  // Those pushed over the top come back down.
  for (const [index, one] of [...placed.entries()].reverse()) {
    one.pixel = Math.min(one.pixel, (placed[index + 1]?.pixel ?? height + gap) - gap)
  }
  return placed.map(({ point, pixel }) => ({ ...point, at: low * Math.exp((pixel / height) * span) }))
}
