import type { VNode } from 'preact'
import { useCallback } from 'preact/hooks'
import { formatNumber, formatQuantity, unitSymbol } from '../quantity.ts'
import { Chart } from './chart.tsx'
import { distributionDomain, distributionOf, drawDistributions, sortFigures } from './distribution-chart.ts'
import { FigureFrame, type FigureProps, nameColumns, numberColumn } from './figure-frame.tsx'
import { type Figure, placementTitles } from './selection.ts'

/** How the values of a scenario are spread, a chart for each placement, on one axis. */
export function DistributionFigure({ view, scenario, figures }: FigureProps): VNode {
  const domain = distributionDomain(figures)
  const unit = unitSymbol(scenario.unit)
  const column = (title: string, value: (figure: Figure) => number) =>
    numberColumn(`${title}, ${unit}`, value, formatNumber)
  const isTime = scenario.unit === 'us' || scenario.unit === 'ms'
  const title = isTime ? 'Latency distributions' : 'Distributions'
  return (
    <FigureFrame
      title={title}
      how={
        <>
          The symbol is the median, also given in figures; the thick bar holds the middle half, the thinner one 10 to 90
          %, the line 1 to 99 %, and the ring is the largest value seen.{' '}
          {domain !== undefined && 'Each step of the axis multiplies: the same distance is the same factor. '}
          Further left is better. Numbers before the names are ranks: one more than there are better ones that noise
          separates it from. Native ways are ranked along, as a reference.
        </>
      }
      caption={`${title}: ${scenario.title}`}
      columns={[
        ...nameColumns(view),
        column('p1', ({ measured }) => distributionOf(measured).p1),
        column('p10', ({ measured }) => distributionOf(measured).p10),
        column('p25', ({ measured }) => distributionOf(measured).p25),
        column('p50', ({ measured }) => measured.p50),
        column('p75', ({ measured }) => distributionOf(measured).p75),
        column('p90', ({ measured }) => measured.p90),
        column('p99', ({ measured }) => measured.p99),
        column('max', ({ measured }) => measured.max),
      ]}
      rows={figures}
    >
      <div>
        {[...Map.groupBy(figures, ({ placement }) => placement)].map(([placement, ofPlacement]) => (
          <Panel
            key={placement}
            {...{ view, scenario, title }}
            all={figures}
            figures={ofPlacement}
            heading={placementTitles[placement]}
          />
        ))}
      </div>
    </FigureFrame>
  )
}

interface PanelProps extends FigureProps {
  readonly title: string
  readonly heading: string
  readonly all: readonly Figure[]
}

function Panel({ view: { identities }, scenario, figures, all, title, heading }: PanelProps): VNode {
  const draw = useCallback(
    (width: number) => drawDistributions({ scenario, figures, all, identities, width }),
    [scenario, figures, all, identities],
  )
  const medians = sortFigures(figures).map(
    ({ contestant, measured }) => `${contestant} ${formatQuantity(measured.p50, scenario.unit)}`,
  )
  return (
    <div class="panel">
      <h4>{heading}</h4>
      <Chart label={`${title}, ${scenario.title}. ${heading}. Medians: ${medians.join(', ')}.`} draw={draw} />
    </div>
  )
}
