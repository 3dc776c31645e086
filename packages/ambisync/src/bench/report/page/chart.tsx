import type { VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface Props {
  /** What the chart shows, for those who do not see it. */
  readonly label: string
  readonly draw: (width: number) => Element
}

/** Drawn before the first paint, and anew whenever its width changes. Colours are variables of the style sheet, so a theme needs no drawing. */
export function Chart({ label, draw }: Props): VNode {
  const host = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (host.current === null) return
    setWidth(host.current.clientWidth)
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(host.current)
    return () => observer.disconnect()
  }, [])
  useLayoutEffect(() => {
    if (width === 0) return
    const chart = draw(width)
    chart.setAttribute('role', 'img')
    chart.setAttribute('aria-label', label)
    // Marks are part of the picture; what is read out is its label.
    for (const mark of chart.querySelectorAll('[aria-label]')) mark.removeAttribute('aria-label')
    // Style elements are against the page's content security policy; page.css has what they say.
    for (const style of chart.querySelectorAll('style')) style.remove()
    host.current?.replaceChildren(chart)
  }, [width, label, draw])
  return <div class="chart" ref={host} />
}
