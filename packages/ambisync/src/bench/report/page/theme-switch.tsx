import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'

const query = '(prefers-color-scheme: dark)'

/** Follows the system until it is touched. */
export function ThemeSwitch(): VNode {
  const [chosen, setChosen] = useState<boolean>()
  const [system, setSystem] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const follow = (): void => setSystem(list.matches)
    list.addEventListener('change', follow)
    return () => list.removeEventListener('change', follow)
  }, [])
  const isDark = chosen ?? system
  useEffect(() => {
    if (chosen !== undefined) document.documentElement.dataset.theme = chosen ? 'dark' : 'light'
  }, [chosen])
  return (
    <button type="button" role="switch" class="switch" aria-checked={isDark} onClick={() => setChosen(!isDark)}>
      <span class="track" aria-hidden="true">
        <span class="thumb" />
      </span>
      Dark
    </button>
  )
}
