import type { Case } from './case.ts'
import { callersRealm } from './cases/node/callers-realm.ts'
import { cancellationOnNode } from './cases/node/cancellation.ts'
import { contextCases } from './cases/node/context.ts'
import { durableOnNode } from './cases/node/durable.ts'
import { futuresOnNode } from './cases/node/futures.ts'
import { output } from './cases/node/output.ts'
import { poolsOnNode } from './cases/node/pools.ts'
import { restartOnNode } from './cases/node/restart.ts'
import { transient } from './cases/node/transient.ts'
import { portableCases } from './portable-cases.ts'

/** The whole suite, but for what starts processes. */
export const cases: readonly Case[] = [
  ...portableCases,
  ...futuresOnNode,
  ...cancellationOnNode,
  ...contextCases,
  ...restartOnNode,
  ...transient,
  ...durableOnNode,
  ...poolsOnNode,
  ...output,
  ...callersRealm,
]

export { processCases } from './cases/node/process.ts'
