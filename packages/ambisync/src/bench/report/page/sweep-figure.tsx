import type { VNode } from 'preact'
import { useCallback } from 'preact/hooks'
import { formatNumber, formatQuantity, unitSymbol } from '../quantity.ts'
import { Chart } from './chart.tsx'
import { FigureFrame, type FigureProps, nameColumns } from './figure-frame.tsx'
import { type Figure, placementTitles } from './selection.ts'
import { Swatch } from './swatch.tsx'
import { drawSweep, pointsOf } from './sweep-chart.ts'

/** How the medians go with what is varied, a chart for each placement, on the same axes. */
export function SweepFigure({ view, scenario, figures }: FigureProps): VNode {
  const { identities } = view
  const parameter = scenario.parameter ?? { name: 'parameter', unit: '' }
  const names = [...identities.keys()].filter((name) => figures.some(({ contestant }) => contestant === name))
  const optional = (title: string, value: (figure: Figure) => number | undefined, show: (value: number) => string) => ({
    title,
    isNumber: true,
    key: value,
    show: (figure: Figure) => {
      const found = value(figure)
      return found === undefined ? '' : show(found)
    },
  })
  return (
    <FigureFrame
      title={`Over ${parameter.name}`}
      how={
        <>
          Each line is a contestant, its height the median. Both axes are logarithmic: a line that rises by one step as
          it goes right by one grows in proportion. Lower is better.
        </>
      }
      caption={`Over ${parameter.name}: ${scenario.title}`}
      columns={[
        ...nameColumns(view),
        optional(
          parameter.name,
          (one) => one.parameter,
          (value) => formatQuantity(value, parameter.unit),
        ),
        optional(`p50, ${unitSymbol(scenario.unit)}`, ({ measured }) => measured.p50, formatNumber),
        optional(`Ratio to ${scenario.baseline}`, ({ measured }) => measured.ratio?.value, formatNumber),
        optional('Low, 95 %', ({ measured }) => measured.ratio?.low, formatNumber),
        optional('High, 95 %', ({ measured }) => measured.ratio?.high, formatNumber),
      ]}
      rows={figures}
    >
      {[...Map.groupBy(figures, ({ placement }) => placement)].map(([placement, ofPlacement]) => (
        <Panel
          key={placement}
          {...{ view, scenario, figures: ofPlacement, all: figures }}
          heading={placementTitles[placement]}
        />
      ))}
      <ul class="key">
        {names.map((name) => (
          <li key={name}>
            <Swatch identity={identities.get(name)} /> {name}
          </li>
        ))}
      </ul>
    </FigureFrame>
  )
}

interface PanelProps extends FigureProps {
  readonly all: readonly Figure[]
  readonly heading: string
}

function Panel({ view: { identities }, scenario, figures, all, heading }: PanelProps): VNode {
  const draw = useCallback(
    (width: number) => drawSweep({ scenario, points: pointsOf(figures), all: pointsOf(all), identities, width }),
    [scenario, figures, all, identities],
  )
  const ends = [...new Set(figures.map(({ contestant }) => contestant))].map((name) => {
    const points = pointsOf(figures).filter(({ contestant }) => contestant === name)
    const told = [points[0], points.at(-1)].map((point) => formatQuantity(point?.y ?? 0, scenario.unit))
    return `${name} ${told.join(' to ')}`
  })
  return (
    <div class="panel">
      <h4>{heading}</h4>
      <Chart
        label={`Medians over ${scenario.parameter?.name}, ${scenario.title}. ${heading}. From the least to the most: ${ends.join(', ')}.`}
        draw={draw}
      />
    </div>
  )
}
