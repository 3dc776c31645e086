import type { ReportedContestant } from '../../report-data.ts'

/** How one contestant looks in every chart: never told by colour alone. */
export interface Identity {
  readonly name: string
  readonly kind: ReportedContestant['kind']
  readonly color: string
  readonly symbol: SymbolName
  readonly dash: string
}

type SymbolName = (typeof symbols)[number]

const symbols = ['circle', 'square2', 'triangle', 'diamond2', 'cross', 'star', 'wye'] as const
const dashes = { adapter: 'none', peer: '5 3', native: '1.5 3' }
const colors = 12

/** Seven symbols and twelve colours meet again only after 84 contestants. Natives are all of the colour of ink. */
export function identify(contestants: readonly ReportedContestant[]): Map<string, Identity> {
  return new Map(
    contestants.map(({ name, kind }, index) => {
      const color = kind === 'native' ? 'var(--ink)' : `var(--color-${index % colors})`
      return [name, { name, kind, color, symbol: symbols[index % symbols.length] ?? 'circle', dash: dashes[kind] }]
    }),
  )
}
