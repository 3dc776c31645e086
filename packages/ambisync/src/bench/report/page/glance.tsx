import type { VNode } from 'preact'
import { summaryOf } from '../summary.ts'
import { scenarioAnchor } from './anchors.ts'
import { placementsOf, type View } from './selection.ts'

/** What came out, in words: one sentence a scenario and placement. */
export function Glance({ view: { report, selection } }: { view: View }): VNode {
  return (
    <section aria-labelledby="glance">
      <h2 id="glance">At a glance</h2>
      {report.scenarios.length === 0 && <p>The report holds no scenarios.</p>}
      <dl class="glance">
        {report.scenarios.map((scenario, index) => {
          const results = report.results.filter((one) => one.scenario === scenario.name)
          const placements = placementsOf(results).filter((one) => selection.placements.has(one))
          return (
            <div key={scenario.name}>
              <dt>
                <a href={`#${scenarioAnchor(index)}`}>{scenario.title}</a>
              </dt>
              {placements.map((placement) => (
                <dd key={placement}>
                  <span class="tag">{placement}</span> <span>{summaryOf(report, scenario, placement).lead}</span>
                </dd>
              ))}
              {placements.length === 0 && <dd>Nothing to show in the chosen placements.</dd>}
            </div>
          )
        })}
      </dl>
    </section>
  )
}
