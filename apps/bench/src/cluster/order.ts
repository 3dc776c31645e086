import { type Effort, type Sizes, sizes } from './sizes.ts'

/** What a script of this folder is told to do: the process that runs it, and where the Redis is that was started for it. */
export interface Order {
  readonly url: string
  readonly effort: Effort
}

export function readOrder(): { readonly url: string; readonly sizes: Sizes } {
  const { url, effort } = JSON.parse(process.argv[2] ?? '') as Order
  return { url, sizes: sizes[effort] }
}
