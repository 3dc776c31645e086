import type { ComponentChildren, VNode } from 'preact'

interface Props {
  readonly label: string
  readonly isTall?: boolean
  readonly children: ComponentChildren
}

/** What is too wide or too long scrolls by itself, and can be reached by keyboard to be scrolled. */
export function ScrollBox({ label, isTall = false, children }: Props): VNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls; this groups what scrolls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
    <div role="group" class={isTall ? 'scroll tall' : 'scroll'} tabIndex={0} aria-label={label}>
      {children}
    </div>
  )
}
