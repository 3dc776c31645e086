import type { VNode } from 'preact'
import type { Report } from '../../report-data.ts'
import { scenarioAnchor } from './anchors.ts'

/** Where things are: beside the page where it is wide, folded where it is narrow. */
export function Contents({ report, hasFailures }: { report: Report; hasFailures: boolean }): VNode {
  const links = [
    { href: '#glance', text: 'At a glance' },
    ...report.scenarios.map(({ title }, index) => ({ href: `#${scenarioAnchor(index)}`, text: title })),
    { href: '#capabilities', text: 'What each can do' },
    ...(hasFailures ? [{ href: '#failures', text: 'How each fails' }] : []),
    { href: '#contestants', text: 'Contestants' },
    { href: '#results', text: 'All results' },
  ]
  const items = (
    <ol>
      {links.map(({ href, text }) => (
        <li key={href}>
          <a href={href}>{text}</a>
        </li>
      ))}
    </ol>
  )
  return (
    <nav class="contents" aria-label="Contents">
      <div class="wide">{items}</div>
      <details class="narrow">
        <summary>Contents</summary>
        {items}
      </details>
    </nav>
  )
}
