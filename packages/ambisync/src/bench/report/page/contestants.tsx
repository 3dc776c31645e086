import type { VNode } from 'preact'
import type { ReportedContestant } from '../../report-data.ts'
import type { View } from './selection.ts'
import { type Column, SortableTable } from './sortable-table.tsx'
import { Swatch } from './swatch.tsx'

/** Who took part, in which version, and how each is drawn. */
export function Contestants({ view: { report, identities } }: { view: View }): VNode {
  const columns: Column<ReportedContestant>[] = [
    {
      title: 'Name',
      show: ({ name }) => (
        <span class="named">
          <Swatch identity={identities.get(name)} />
          {name}
        </span>
      ),
      key: ({ name }) => name,
    },
    { title: 'Kind', show: ({ kind }) => kind, key: ({ kind }) => kind },
    { title: 'Version', show: ({ version }) => version, key: ({ version }) => version },
  ]
  return (
    <section aria-labelledby="contestants">
      <h2 id="contestants">Contestants</h2>
      <p class="how">
        Each has one colour and one symbol in every chart. Lines of adapters are solid, of peers dashed, of native ways
        dotted.
      </p>
      {report.contestants.length === 0 ? (
        <p>The report names no contestants.</p>
      ) : (
        <SortableTable caption="Contestants" columns={columns} rows={report.contestants} />
      )}
    </section>
  )
}
