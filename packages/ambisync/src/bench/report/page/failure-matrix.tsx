import type { VNode } from 'preact'
import type { FailureRow } from '../failure-row.ts'
import { describeFailure, type Verdict, verdictOf } from '../failure-text.ts'
import { ScrollBox } from './scroll-box.tsx'

const signs: Readonly<Record<Verdict, string>> = { 'goes on': '✓', 'process ends': '■', stuck: '✕' }
const verdicts: readonly Verdict[] = ['goes on', 'process ends', 'stuck']
const meanings: Readonly<Record<Verdict, string>> = {
  'goes on': 'the caller is told, or nothing is amiss, and goes on',
  'process ends': "the caller's process ends",
  stuck: 'stuck for good',
}

/** What each configuration does when things go wrong. Those that do the same everywhere share a column. */
export function FailureMatrix({ failures }: { failures: readonly FailureRow[] }): VNode {
  const rows = [...new Set(failures.map(({ row }) => row))]
  const columns = columnsOf(failures, rows)
  return (
    <section aria-labelledby="failures">
      <h2 id="failures">How each fails</h2>
      <p class="how">
        A row is something that goes wrong, a column what uses it; a cell is what the caller saw. Where nothing else is
        said, the next call works.
      </p>
      <ul class="key">
        {verdicts.map((verdict) => (
          <li key={verdict}>
            <Sign verdict={verdict} /> {meanings[verdict]}
          </li>
        ))}
      </ul>
      <ScrollBox label="Failures" isTall>
        <table class="matrix failures">
          <caption class="quiet">Failures</caption>
          <thead>
            <tr>
              <th scope="col">What goes wrong</th>
              {columns.map((names) => (
                <th key={names.join()} scope="col">
                  {names.join(', ')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">
                  <Code text={row} />
                </th>
                {columns.map(([configuration]) => (
                  <td key={configuration}>
                    <Cells cells={failures.filter((one) => one.row === row && one.configuration === configuration)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  )
}

function columnsOf(failures: readonly FailureRow[], rows: readonly string[]): string[][] {
  const columns = new Map<string, string[]>()
  for (const configuration of new Set(failures.map((one) => one.configuration))) {
    const cells = rows.map((row) =>
      failures
        .filter((one) => one.row === row && one.configuration === configuration)
        .map((one) => [one.modes, describeFailure(one)]),
    )
    const key = JSON.stringify(cells)
    columns.set(key, [...(columns.get(key) ?? []), configuration])
  }
  return [...columns.values()]
}

function Cells({ cells }: { cells: readonly FailureRow[] }): VNode {
  return (
    <>
      {cells.length === 0 && <span class="mark no">not tried</span>}
      {cells.map((cell) => (
        <p key={cell.modes.join()}>
          <Sign verdict={verdictOf(cell)} /> {cells.length > 1 && <em>{cell.modes.join(', ')}: </em>}
          <Code text={describeFailure(cell)} />
        </p>
      ))}
    </>
  )
}

function Sign({ verdict }: { verdict: Verdict }): VNode {
  return (
    <span class={`sign ${verdict.replace(' ', '-')}`}>
      <span aria-hidden="true">{signs[verdict]}</span>
      <span class="quiet">{verdict}:</span>
    </span>
  )
}

/** Backticks mark code. */
function Code({ text }: { text: string }): VNode {
  const parts = text.split('`')
  return <>{parts.map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>))}</>
}
