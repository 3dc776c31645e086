import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from './target.ts'

/** What the processes are told by a file, which an environment variable names: their arguments are the method's. */
export interface Order {
  readonly target: Target
  readonly args: readonly unknown[]
  /** The result may be another one each time. */
  readonly varying: boolean
  /** For what belongs to one comparison; it is gone afterwards. */
  readonly folder: string
  /** There is a file with the result that all have to give. */
  readonly hasResult: boolean
}

const variable = 'AMBISYNC_BENCH_ORDER'

export function giveOrder(order: Order): void {
  const file = join(order.folder, 'order.json')
  writeFileSync(file, JSON.stringify(order))
  process.env[variable] = file
}

/** Takes it out of the environment, which is the task's. */
export function takeOrder(): Order {
  const order: Order = JSON.parse(readFileSync(process.env[variable] ?? '', 'utf8'))
  delete process.env[variable]
  return order
}

/** The file with the result. */
export function resultFile({ folder }: Order): string {
  return join(folder, 'result')
}
