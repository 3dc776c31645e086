import type { VNode } from 'preact'
import { useCallback } from 'preact/hooks'
import type { Placement } from '../../report-data.ts'
import { formatNumber } from '../quantity.ts'
import { Chart } from './chart.tsx'
import { FigureFrame, type FigureProps, nameColumns, numberColumn } from './figure-frame.tsx'
import { drawRatios, isLevel, type Ratio, ratiosOf } from './ratio-chart.ts'
import { placementTitles, type View } from './selection.ts'

interface PlacedRatio extends Ratio {
  readonly placement: Placement
}

/** Ratios to the baseline with their intervals, a chart for each placement, on one axis. */
export function RatioFigure({ view, scenario, figures }: FigureProps): VNode | null {
  const panels = [...Map.groupBy(figures, ({ placement }) => placement)]
    .map(([placement, ofPlacement]) => ({ placement, ratios: ratiosOf(ofPlacement) }))
    .filter(({ ratios }) => ratios.length > 0)
  const rows: PlacedRatio[] = panels.flatMap(({ placement, ratios }) => ratios.map((one) => ({ placement, ...one })))
  if (rows.length === 0) return null
  return (
    <FigureFrame
      title={`Ratio to ${scenario.baseline}`}
      how={
        <>
          The upright line at 1× is {scenario.baseline}. A symbol is a contestant's median by that of{' '}
          {scenario.baseline}, the line through it the 95 % interval, from one process to another. Where the interval
          reaches 1×, noise does not tell the two apart, and the symbol is hollow.
        </>
      }
      caption={`Ratios to ${scenario.baseline}: ${scenario.title}`}
      columns={[
        ...nameColumns(view),
        numberColumn('Ratio', ({ value }: PlacedRatio) => value, formatNumber),
        numberColumn('Low, 95 %', ({ low }: PlacedRatio) => low, formatNumber),
        numberColumn('High, 95 %', ({ high }: PlacedRatio) => high, formatNumber),
        {
          title: 'Told apart',
          show: (ratio) => (isLevel(ratio) ? 'no' : 'yes'),
          key: (ratio) => (isLevel(ratio) ? 'no' : 'yes'),
        },
      ]}
      rows={rows}
    >
      <div>
        {panels.map(({ placement, ratios }) => (
          <Panel key={placement} {...{ view, scenario, ratios, all: rows }} heading={placementTitles[placement]} />
        ))}
      </div>
    </FigureFrame>
  )
}

interface PanelProps {
  readonly view: View
  readonly scenario: FigureProps['scenario']
  readonly ratios: readonly Ratio[]
  readonly all: readonly Ratio[]
  readonly heading: string
}

function Panel({ view: { identities }, scenario, ratios, all, heading }: PanelProps): VNode {
  const draw = useCallback(
    (width: number) => drawRatios({ scenario, ratios, all, identities, width }),
    [scenario, ratios, all, identities],
  )
  const told = ratios.map(
    ({ contestant, value, low, high }) =>
      `${contestant} ${formatNumber(value)} (${formatNumber(low)} to ${formatNumber(high)})`,
  )
  return (
    <div class="panel">
      <h4>{heading}</h4>
      <Chart
        label={`Ratios to ${scenario.baseline}, ${scenario.title}. ${heading}. With intervals: ${told.join(', ')}.`}
        draw={draw}
      />
    </div>
  )
}
