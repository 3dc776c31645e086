import type { ComponentChildren, VNode } from 'preact'
import { useState } from 'preact/hooks'

interface Props {
  readonly summary: string
  readonly children: () => ComponentChildren
}

/** What is folded away is not made before it is asked for: a page has dozens of tables that few will open. */
export function Fold({ summary, children }: Props): VNode {
  const [wasOpened, setWasOpened] = useState(false)
  return (
    <details
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setWasOpened(true)
      }}
    >
      <summary>{summary}</summary>
      {wasOpened && children()}
    </details>
  )
}
