import type { VNode } from 'preact'
import type { ReportedContestant } from '../../report-data.ts'
import { placementsOf, placementTitles, type Selection, type View } from './selection.ts'
import { Swatch } from './swatch.tsx'

interface Props {
  readonly view: View
  readonly onChange: (selection: Selection) => void
}

const kindTitles: Readonly<Record<ReportedContestant['kind'], string>> = {
  adapter: 'Adapters of ambisync (solid lines)',
  peer: 'Peers (dashed lines)',
  native: 'Native, for reference (dotted lines)',
}

/** What is shown, in all charts and tables of measurements at once. */
export function Filters({ view: { report, identities, selection }, onChange }: Props): VNode | null {
  const placements = placementsOf(report.results)
  const { contestants } = report
  if (placements.length === 0 || contestants.length === 0) return null
  const shown = contestants.filter(({ name }) => !selection.hidden.has(name)).length
  const hide = (hidden: Iterable<string>): void => onChange({ ...selection, hidden: new Set(hidden) })
  return (
    <section class="filters" aria-label="Filters">
      <fieldset>
        <legend>Placement</legend>
        {placements.map((placement) => (
          <label key={placement} class="choice" title={placementTitles[placement]}>
            <input
              type="checkbox"
              name="placement"
              value={placement}
              checked={selection.placements.has(placement)}
              onChange={() => onChange({ ...selection, placements: toggled(selection.placements, placement) })}
            />
            {placement}
          </label>
        ))}
      </fieldset>
      <details>
        <summary>
          Contestants: {shown === contestants.length ? `all ${shown}` : `${shown} of ${contestants.length}`}
        </summary>
        <div class="chooser">
          <p class="buttons">
            <button type="button" onClick={() => hide([])}>
              All
            </button>
            <button
              type="button"
              onClick={() => hide(contestants.filter(({ kind }) => kind !== 'adapter').map(({ name }) => name))}
            >
              Adapters only
            </button>
          </p>
          {(['adapter', 'peer', 'native'] as const).map((kind) => {
            const ofKind = contestants.filter((one) => one.kind === kind)
            return (
              ofKind.length > 0 && (
                <fieldset key={kind}>
                  <legend>{kindTitles[kind]}</legend>
                  <div class="choices">
                    {ofKind.map(({ name }) => (
                      <label key={name} class="choice">
                        <input
                          type="checkbox"
                          name="contestant"
                          value={name}
                          checked={!selection.hidden.has(name)}
                          onChange={() => hide(toggled(selection.hidden, name))}
                        />
                        <Swatch identity={identities.get(name)} />
                        {name}
                      </label>
                    ))}
                  </div>
                </fieldset>
              )
            )
          })}
        </div>
      </details>
    </section>
  )
}

function toggled<T>(set: ReadonlySet<T>, item: T): Set<T> {
  const copy = new Set(set)
  if (!copy.delete(item)) copy.add(item)
  return copy
}
