import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Order } from './order.ts'

/** What a process has found that called the function directly. */
export type Findings =
  | { readonly problem: undefined; readonly hasResult: boolean }
  | { readonly problem: 'module'; readonly why: string }
  | { readonly problem: 'export'; readonly exists: boolean; readonly names: readonly string[] }
  | { readonly problem: 'throws'; readonly why: string }
  | { readonly problem: 'varies'; readonly first: string; readonly second: string }
  /** It has begun: what it says if the process comes to an end before the rest. */
  | { readonly problem: 'unfinished'; readonly isLoaded: boolean }

export function findingsFile({ folder }: Order): string {
  return join(folder, 'findings.json')
}

export function readFindings(order: Order): Findings {
  try {
    return JSON.parse(readFileSync(findingsFile(order), 'utf8'))
  } catch {
    return { problem: 'unfinished', isLoaded: false }
  }
}
