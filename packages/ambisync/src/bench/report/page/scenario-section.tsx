import type { VNode } from 'preact'
import type { ReportedScenario } from '../../report-data.ts'
import { unitSymbol } from '../quantity.ts'
import { summaryOf } from '../summary.ts'
import { scenarioAnchor } from './anchors.ts'
import { DistributionFigure } from './distribution-figure.tsx'
import { Fold } from './fold.tsx'
import { RatioFigure } from './ratio-figure.tsx'
import { Missing, type ResultRow, resultColumns } from './result-columns.tsx'
import { chosenResults, figuresOf, placementsOf, type View } from './selection.ts'
import { SortableTable } from './sortable-table.tsx'
import { SweepFigure } from './sweep-figure.tsx'

/** One scenario: what came out in words, its charts, what has no figure, and every row. */
export function ScenarioSection({ view, scenario }: { view: View; scenario: ReportedScenario }): VNode {
  const { report, identities } = view
  const results = chosenResults(view, scenario)
  const figures = figuresOf(results)
  const rows: ResultRow[] = results.map((result) => ({ result, scenario }))
  const anchor = scenarioAnchor(report.scenarios.indexOf(scenario))
  const props = { view, scenario, figures }
  return (
    <section class="scenario" aria-labelledby={anchor}>
      <h2 id={anchor}>{scenario.title}</h2>
      <p class="unit">
        {unitSymbol(scenario.unit)}, less is better · baseline {scenario.baseline}
      </p>
      <dl class="verdict">
        {placementsOf(results).map((placement) => {
          const { lead, more } = summaryOf(report, scenario, placement)
          return (
            <div key={placement}>
              <dt class="tag">{placement}</dt>
              <dd>
                <strong>{lead}</strong> <span>{more.join(' ')}</span>
              </dd>
            </div>
          )
        })}
      </dl>
      {rows.length === 0 && <p>No results in what is chosen above.</p>}
      {figures.length > 0 &&
        (scenario.parameter === undefined ? (
          <>
            <DistributionFigure {...props} />
            <RatioFigure {...props} />
          </>
        ) : (
          <SweepFigure {...props} />
        ))}
      <WithoutFigure rows={rows} />
      {rows.length > 0 && (
        <Fold summary="Every row of this scenario">
          {() => (
            <SortableTable caption={scenario.title} columns={resultColumns(identities, scenario, rows)} rows={rows} />
          )}
        </Fold>
      )}
    </section>
  )
}

/** Those that failed or cannot, in their own words. The same words are said once. */
function WithoutFigure({ rows }: { rows: readonly ResultRow[] }): VNode | null {
  const told = new Map<string, { row: ResultRow; where: Set<string> }>()
  for (const row of rows) {
    const { contestant, outcome, placement } = row.result
    if (outcome.kind === 'measured') continue
    const key = JSON.stringify([contestant, outcome])
    const one = told.get(key) ?? { row, where: new Set() }
    one.where.add(placement)
    told.set(key, one)
  }
  if (told.size === 0) return null
  return (
    <div class="without">
      <h3>Without a figure</h3>
      <ul>
        {[...told].map(([key, { row, where }]) => {
          const { contestant } = row.result
          return (
            <li key={key}>
              <b>{contestant}</b> <span class="where">({[...where].join(', ')})</span> <Missing row={row} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
