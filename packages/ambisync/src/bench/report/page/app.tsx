import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { Report } from '../../report-data.ts'
import type { FailureRow } from '../failure-row.ts'
import { AllResults } from './all-results.tsx'
import { CapabilityMatrix } from './capability-matrix.tsx'
import { Contents } from './contents.tsx'
import { Contestants } from './contestants.tsx'
import { FailureMatrix } from './failure-matrix.tsx'
import { Filters } from './filters.tsx'
import { Glance } from './glance.tsx'
import { Header } from './header.tsx'
import { identify } from './identity.ts'
import { ScenarioSection } from './scenario-section.tsx'
import { placementsOf, type Selection, type View } from './selection.ts'

interface Props {
  readonly report: Report
  readonly failures: readonly FailureRow[]
}

/** The page: everything else on it is made from the report and from what the reader has chosen. */
export function App({ report, failures }: Props): VNode {
  const [selection, setSelection] = useState<Selection>({
    placements: new Set(placementsOf(report.results)),
    hidden: new Set(),
  })
  const identities = useMemo(() => identify(report.contestants), [report])
  const view: View = useMemo(() => ({ report, identities, selection }), [report, identities, selection])
  return (
    <>
      <a class="skip" href="#main">
        Skip to the results
      </a>
      <Header report={report} />
      <div class="columns">
        <Contents report={report} hasFailures={failures.length > 0} />
        <main id="main" tabIndex={-1}>
          <Filters view={view} onChange={setSelection} />
          <Glance view={view} />
          {report.scenarios.map((scenario) => (
            <ScenarioSection key={scenario.name} view={view} scenario={scenario} />
          ))}
          <CapabilityMatrix view={view} />
          {failures.length > 0 && <FailureMatrix failures={failures} />}
          <Contestants view={view} />
          <AllResults view={view} />
        </main>
      </div>
    </>
  )
}
