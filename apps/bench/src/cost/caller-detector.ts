/**
 * What it takes to find out whether a caller is async: from a place that has called before, and from one that has not, of
 * a script that has. Beside them, an error's stack with one frame. Medians, in microseconds.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { callerDetector } from '@ambisync/detect'
import { report } from './figures.ts'
import { median } from './median.ts'

const places = 400
const rounds = 60
const calls = 2_000

type Ask = () => unknown
type Place = (ask: Ask) => unknown

/** A module with many functions, every other one async. */
async function loadPlaces(): Promise<readonly Place[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-cost-'))
  const lines = Array.from(
    { length: places },
    (_, n) => `${n % 2 === 0 ? '' : 'async '}(ask) => { const n = ${n}; return ask(n) },`,
  )
  writeFileSync(join(folder, 'places.mjs'), `export const places = [\n${lines.join('\n')}\n]\n`)
  try {
    return (await import(pathToFileURL(join(folder, 'places.mjs')).href)).places
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const detector = callerDetector()
const ask: Ask = () => detector.modeOf(ask as () => unknown)
const trace: Ask = () => {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, trace)
  return holder.stack
}

function time(run: () => void): number {
  const start = performance.now()
  run()
  return (performance.now() - start) * 1_000
}

const [first, ...others] = await loadPlaces()
if (first === undefined) throw new Error('there are no places')
if (first(ask) !== 'sync') throw new Error('the first place is not async')
const fresh: number[] = []
for (const [index, place] of others.entries()) {
  let found: unknown
  fresh.push(time(() => (found = place(ask))))
  if ((await found) !== (index % 2 === 0 ? 'async' : 'sync'))
    throw new Error(`wrong about place ${index + 1}: ${found}`)
}

const known: number[] = []
const stacks: number[] = []
for (let round = 0; round < rounds; round++) {
  known.push(
    time(() => {
      for (let call = 0; call < calls; call++) first(ask)
    }) / calls,
  )
  Error.stackTraceLimit = 1
  stacks.push(
    time(() => {
      for (let call = 0; call < calls; call++) first(trace)
    }) / calls,
  )
  Error.stackTraceLimit = 10
}

report({ detector: { known: median(known), fresh: median(fresh), stack: median(stacks) } })
