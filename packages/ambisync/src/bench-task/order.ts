import type { Target } from './target.ts'

/** What the processes are told by an environment variable: their arguments are the method's. */
export interface Order {
  readonly target: Target
  readonly args: readonly unknown[]
  /** The result may be another one each time. */
  readonly varying: boolean
  /** The file that takes what an inspection has found. */
  readonly findings: string
  /** The file with the result that all have to give, if it can be compared. */
  readonly result: string
}

const variable = 'AMBISYNC_BENCH_ORDER'

export function giveOrder(order: Order): void {
  process.env[variable] = JSON.stringify(order)
}

/** Takes it out of the environment, which is the task's. */
export function takeOrder(): Order {
  const order: Order = JSON.parse(process.env[variable] ?? '')
  delete process.env[variable]
  return order
}
