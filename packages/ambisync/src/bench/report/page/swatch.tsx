import {
  symbol as draw,
  symbolCircle,
  symbolCross,
  symbolDiamond2,
  symbolSquare2,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape'
import type { VNode } from 'preact'
import type { Identity } from './identity.ts'

const types = {
  circle: symbolCircle,
  square2: symbolSquare2,
  triangle: symbolTriangle,
  diamond2: symbolDiamond2,
  cross: symbolCross,
  star: symbolStar,
  wye: symbolWye,
}

/** A contestant's line and symbol, as the charts have them. */
export function Swatch({ identity }: { identity: Identity | undefined }): VNode | null {
  if (identity === undefined) return null
  const { color, symbol, dash } = identity
  return (
    <svg class="swatch" width="30" height="14" viewBox="-15 -7 30 14" aria-hidden="true">
      <line x1="-14" x2="14" stroke={color} stroke-width="2" stroke-dasharray={dash} />
      <path d={draw(types[symbol], 42)() ?? ''} fill={color} stroke="var(--page)" stroke-width="1" />
    </svg>
  )
}
