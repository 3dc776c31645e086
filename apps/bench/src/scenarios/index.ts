import { scenario as busy } from './busy.ts'
import { scenario as callback } from './callback.ts'
import { scenario as cold } from './cold.ts'
import { scenario as cpu } from './cpu.ts'
import { scenario as error } from './error.ts'
import { scenario as http } from './http.ts'
import { scenario as idle } from './idle.ts'
import { scenario as io } from './io.ts'
import { scenario as iteration } from './iteration.ts'
import { scenario as memory } from './memory.ts'
import { scenario as memoryAfterCalls } from './memory-after-calls.ts'
import { scenario as payloadSweep } from './payload-sweep.ts'
import { scenario as prettier } from './prettier.ts'
import { scenario as roundTripBytes } from './round-trip-bytes.ts'
import { scenario as roundTripNumber } from './round-trip-number.ts'
import { scenario as roundTripObject } from './round-trip-object.ts'
import { scenario as roundTripObjects } from './round-trip-objects.ts'
import { scenario as roundTripString } from './round-trip-string.ts'
import type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [
  roundTripNumber,
  roundTripObject,
  roundTripString,
  roundTripBytes,
  roundTripObjects,
  payloadSweep,
  cold,
  io,
  cpu,
  iteration,
  callback,
  error,
  prettier,
  http,
  busy,
  idle,
  memory,
  memoryAfterCalls,
]
