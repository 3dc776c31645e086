import type { Totals } from './ledger.ts'

/** What the chaos run's program prints, a line each. */
export type ChaosReport =
  /** It is about to do this; a line that is the last one says where it hangs. */
  { readonly step: number } | { readonly problem: string } | { readonly totals: Totals }
