import type { Case } from './case.ts'
import { auto } from './cases/auto.ts'
import { callbacks } from './cases/callbacks.ts'
import { calls } from './cases/calls.ts'
import { cancellation } from './cases/cancellation.ts'
import { deadlocks } from './cases/deadlocks.ts'
import { durable } from './cases/durable.ts'
import { errors } from './cases/errors.ts'
import { exactValues } from './cases/exact-values.ts'
import { exit } from './cases/exit.ts'
import { futures } from './cases/futures.ts'
import { gather } from './cases/gather.ts'
import { generatorFunctions } from './cases/generator-functions.ts'
import { inline } from './cases/inline.ts'
import { lifecycle } from './cases/lifecycle.ts'
import { observability } from './cases/observability.ts'
import { parity } from './cases/parity.ts'
import { pools } from './cases/pools.ts'
import { properties } from './cases/properties.ts'
import { registeredClasses } from './cases/registered-classes.ts'
import { restart } from './cases/restart.ts'
import { sharedLoops } from './cases/shared-loops.ts'
import { streams } from './cases/streams.ts'
import { timeouts } from './cases/timeouts.ts'
import { transfers } from './cases/transfer.ts'
import { valueCases } from './cases/values.ts'

/** The cases that need nothing but JavaScript and the adapter: they run on every runtime, in a browser's worker, too. */
export const portableCases: readonly Case[] = [
  ...calls,
  ...auto,
  ...futures,
  ...gather,
  ...errors,
  ...valueCases,
  ...exactValues,
  ...registeredClasses,
  ...transfers,
  ...properties,
  ...timeouts,
  ...cancellation,
  ...callbacks,
  ...streams,
  ...deadlocks,
  ...lifecycle,
  ...restart,
  ...sharedLoops,
  ...pools,
  ...inline,
  ...generatorFunctions,
  ...observability,
  ...exit,
  ...durable,
  ...parity,
]
