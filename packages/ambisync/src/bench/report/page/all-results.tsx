import type { VNode } from 'preact'
import { useId, useState } from 'preact/hooks'
import { type ResultRow, resultColumns } from './result-columns.tsx'
import { chosenResults, type View } from './selection.ts'
import { SortableTable } from './sortable-table.tsx'

/** Everything that the report holds, those that failed included. */
export function AllResults({ view }: { view: View }): VNode {
  const [chosen, setChosen] = useState('')
  const id = useId()
  const { report, identities } = view
  const scenarios = new Map(report.scenarios.map((scenario) => [scenario.name, scenario]))
  const rows = chosenResults(view).flatMap((result): ResultRow[] => {
    const scenario = scenarios.get(result.scenario)
    return scenario === undefined || (chosen !== '' && chosen !== scenario.name) ? [] : [{ result, scenario }]
  })
  return (
    <section aria-labelledby="results">
      <h2 id="results">All results</h2>
      <p class="how">
        Every row of the run, as far as the filters show it. A heading sorts; once more turns the order round. Rows
        without a figure stay at the end.
      </p>
      {report.results.length === 0 ? (
        <p>The report holds no results.</p>
      ) : (
        <>
          <p class="field">
            <label for={id}>Scenario</label>
            <select id={id} value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
              <option value="">all</option>
              {report.scenarios.map(({ name, title }) => (
                <option key={name} value={name}>
                  {title}
                </option>
              ))}
            </select>
            <span role="status">{rows.length === 1 ? '1 row' : `${rows.length} rows`}</span>
          </p>
          <SortableTable
            caption="All results"
            columns={resultColumns(identities, undefined, rows)}
            rows={rows}
            isTall
          />
        </>
      )}
    </section>
  )
}
