import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Configuration } from '../configurations.ts'
import { runProgram } from '../run-program.ts'
import { type Mode, type Observation, processEnd } from './cells.ts'
import { handlerRan, handlerRunsFirst, type Interruption } from './interruptions.ts'

/** A watchdog's limits in milliseconds: for the program, and for what it has left behind to end. */
const cellLimit = 60_000
const orphanLimit = 10_000

/** Between two looks at what has no event, in milliseconds. */
const pause = 5

/** Interrupts a program of its own while it waits for a call, and returns what was seen of it. */
export async function runInterruption(
  interruption: Interruption,
  { name, create }: Configuration,
  mode: Mode,
): Promise<Observation> {
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-interrupted-'))
  const { capabilities } = create()
  const goFirst = interruption.preparation === 'handler' && !handlerRunsFirst(capabilities, mode)
  const isRace = interruption.expected(capabilities, mode).oneOf.some(({ inAnyOrder }) => inAnyOrder !== undefined)
  const go = (): void => writeFileSync(join(folder, 'go'), '')
  const order: string[] = []
  const limit = AbortSignal.timeout(cellLimit)
  const at = { interruption: 0, end: 0 }
  const left = { behind: false }
  try {
    const { exitCode, signal, hung, stderr } = await runProgram(
      'interrupted',
      [name, interruption.name, mode, folder],
      {
        limit: cellLimit,
        onLine(line) {
          order.push(line)
          if (line === handlerRan && interruption.preparation === 'handler') go()
        },
        async whenStarted(program) {
          // Neither the program, which is blocked, nor its task can tell in another way that the wait has begun.
          while (!existsSync(join(folder, 'started')) && !limit.aborted) await sleep(pause)
          at.interruption = performance.now()
          program.signal('SIGINT', interruption.to)
          if (goFirst) go()
        },
        async whenEnded() {
          at.end = performance.now()
          left.behind = !(await endsInTime(Number(readFileSync(join(folder, 'started'), 'utf8'))))
        },
      },
    )
    return {
      seen: {
        ...(order.length > 0 && (isRace ? { inAnyOrder: order.sort() } : { order })),
        ...(left.behind && { leftBehind: true }),
        end: hung ? { stillStuck: true } : processEnd(exitCode, signal),
      },
      milliseconds: interruption.preparation === 'none' ? at.end - at.interruption : undefined,
      stderr,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The process of the loop, which may be the program's own, is gone before the limit. */
async function endsInTime(pid: number): Promise<boolean> {
  const limit = AbortSignal.timeout(orphanLimit)
  while (isAlive(pid)) {
    if (limit.aborted) return false
    await sleep(pause)
  }
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // One that has ended stays in the list until its parent has asked, and an orphan's new parent may never ask.
  const stat = `/proc/${pid}/stat`
  return !existsSync(stat) || !/^\d+ \(.*\) Z/s.test(readFileSync(stat, 'utf8'))
}
