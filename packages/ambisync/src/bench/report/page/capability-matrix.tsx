import type { VNode } from 'preact'
import { ScrollBox } from './scroll-box.tsx'
import type { View } from './selection.ts'

const meanings: Readonly<Record<string, string>> = {
  runsOn: 'runs on',
  modules: 'a module is named by',
  survives: 'the caller survives',
  kill: 'can end code that never yields',
  callbacks: 'callbacks',
  streams: 'streams',
  relay: 'output can be relayed',
  transfer: 'moves memory in place of copying it',
  resident: 'the state of modules is kept from call to call',
  closures: 'values and functions are the very ones, not copies',
}

/** What each adapter declares that it can do. */
export function CapabilityMatrix({ view: { report, selection } }: { view: View }): VNode {
  const declared = report.contestants.filter(
    ({ name, capabilities }) => capabilities !== undefined && !selection.hidden.has(name),
  )
  const keys = new Set(declared.flatMap(({ capabilities = {} }) => Object.keys(capabilities)))
  const known = Object.keys(meanings)
  const rows = declared.length === 0 ? [] : [...known, ...[...keys].filter((key) => !known.includes(key))]
  return (
    <section aria-labelledby="capabilities">
      <h2 id="capabilities">What each can do</h2>
      <p class="how">As the adapters declare it; the conformance suite tests what is declared, and what is not.</p>
      {declared.length === 0 ? (
        <p>No contestant that is shown declares what it can do.</p>
      ) : (
        <ScrollBox label="Capabilities">
          <table class="matrix">
            <caption class="quiet">Capabilities</caption>
            <thead>
              <tr>
                <th scope="col">Capability</th>
                {declared.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((key) => (
                <tr key={key}>
                  <th scope="row">{Object.hasOwn(meanings, key) ? meanings[key] : key}</th>
                  {declared.map(({ name, capabilities = {} }) => (
                    <td key={name}>
                      <Capability value={Object.hasOwn(capabilities, key) ? capabilities[key] : undefined} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  )
}

function Capability({ value }: { value: string | boolean | readonly string[] | undefined }): VNode {
  if (value === undefined || value === false) return <Mark sign="–" text="no" kind="no" />
  if (value === true) return <Mark sign="✓" text="yes" kind="yes" />
  return <>{[value].flat().join(', ') || 'nothing'}</>
}

function Mark({ sign, text, kind }: { sign: string; text: string; kind: string }): VNode {
  return (
    <span class={`mark ${kind}`}>
      <span aria-hidden="true">{sign}</span> {text}
    </span>
  )
}
