import type { Configuration } from '../configurations.ts'
import { runProgram } from '../run-program.ts'
import { type CellReport, type Mode, type Observation, processEnd } from './cells.ts'
import type { Failure } from './failures.ts'

/**
 * Everything in a cell has this much old space, in megabytes: by Node's own default a loop would fill gigabytes first.
 */
const heapLimit = 64

/** A watchdog's limits in milliseconds, not expectations: one for a cell that must end, one for what is stuck for good. */
const cellLimit = 60_000
const stuckLimit = 3_000

/** Provokes a failure in a program of its own and returns what that saw. */
export async function runFailure(failure: Failure, { name, create }: Configuration, mode: Mode): Promise<Observation> {
  const { oneOf } = failure.expected(create().capabilities)
  const staysStuck = oneOf.some(({ end }) => 'stillStuck' in end)
  const reports: CellReport[] = []
  const { exitCode, signal, hung, stderr } = await runProgram('cell', [name, failure.name, mode], {
    limit: staysStuck ? stuckLimit : cellLimit,
    nodeOptions: `--max-old-space-size=${heapLimit}`,
    onLine: (line) => reports.push(JSON.parse(line)),
  })
  const end = hung ? { stillStuck: true as const } : processEnd(exitCode, signal)
  const [first, second] = reports
  const outcome = first !== undefined && 'outcome' in first ? first : undefined
  return {
    seen: {
      ...(outcome && { outcome: outcome.outcome }),
      ...(second !== undefined && 'next' in second && { next: second.next }),
      end,
    },
    milliseconds: outcome?.milliseconds,
    stderr,
  }
}
