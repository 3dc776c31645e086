#!/usr/bin/env node
/*
 * Checks `ring.pml` with Spin: the right model is without error in every run, and no line of it is idle; each broken copy
 * has an error in one run. Whatever is printed comes from the checker (`pan`). Needs `spin` and `gcc`.
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const model = fileURLToPath(new URL('./ring.pml', import.meta.url))
const execute = promisify(execFile)

const small = 1
const large = 2
const blocking = 1
const async = 2

/** What is called: see the end of the declarations in `ring.pml`. */
function scenario(calls, kinds, callSizes, answerSizes) {
  return [`-DCALLS=${calls}`, `-DKINDS=${kinds}`, `-DCALL_SIZES=${callSizes}`, `-DANSWER_SIZES=${answerSizes}`]
}

const oneOfAll = scenario(1, blocking | async, small | large, small | large)
const twoSmall = scenario(2, blocking | async, small, small)
const twoLarge = scenario(2, blocking, large, small)
const twoLargeAnswers = scenario(2, blocking | async, small, large)

/** Every run is finite, and ends where everything is answered; on its way no assertion fails. The longest one first. */
const right = [
  { name: 'two answers larger than the ring', defines: twoLargeAnswers },
  { name: 'one call, of all kinds and sizes', defines: oneOfAll },
  { name: 'two small calls', defines: twoSmall },
  { name: 'two calls larger than the ring', defines: twoLarge },
  { name: 'no infinite run: two small calls', defines: twoSmall, cycles: true },
  { name: 'no infinite run: two calls larger than the ring', defines: twoLarge, cycles: true },
]

/** By the name that breaks it: what is called, and how the model fails. */
const broken = [
  { name: 'NOTIFY_BEFORE_ADD', defines: twoSmall, fails: 'invalid end state' },
  { name: 'NOTIFY_BEFORE_PUBLISH', defines: twoSmall, fails: 'invalid end state' },
  { name: 'NO_COMPARISON', defines: twoSmall, fails: 'invalid end state' },
  { name: 'LOOK_BEFORE_LOAD', defines: twoSmall, fails: 'invalid end state' },
  { name: 'HUB_LOOKS_BEFORE_LOAD', defines: twoSmall, fails: 'invalid end state' },
  { name: 'TOLD_LOOKS_BEFORE_LOAD', defines: twoSmall, fails: 'invalid end state' },
  { name: 'ATTENTION_LOOKS_BEFORE_LOAD', defines: twoSmall, fails: 'invalid end state' },
  { name: 'REST_ON_NOW', defines: twoSmall, fails: 'invalid end state' },
  { name: 'TRUST_AWAKE', defines: twoSmall, fails: 'invalid end state' },
  { name: 'NO_SECOND_LOOK', defines: twoLarge, fails: 'invalid end state' },
  { name: 'WANTED_BEFORE_READ', defines: twoSmall, fails: 'invalid end state' },
  { name: 'DRAIN_LOOKS_BEFORE_LOAD', defines: twoLargeAnswers, fails: 'invalid end state' },
  { name: 'PUBLISH_BEFORE_COPY', defines: twoSmall, fails: 'assertion violated' },
  { name: 'READ_BEFORE_COPY', defines: twoSmall, fails: 'assertion violated' },
]

/** In steps: a search that gets this far is cut off, and no proof. */
const depth = 20_000
const memoryMb = 6_000
const limitMs = 300_000

/** Makes the checker for one run, runs it, and returns what it has said. */
async function run(folder, { name, defines, cycles = false }, macro) {
  const cwd = join(folder, `${macro ?? ''}${name}`.replaceAll(/\W+/g, '-'))
  await mkdir(cwd)
  const begun = { cwd, timeout: limitMs, maxBuffer: 2 ** 26 }
  await execute('spin', ['-a', ...defines, ...(macro === undefined ? [] : [`-D${macro}`]), model], begun)
  const kind = cycles ? '-DNP' : '-DSAFETY'
  // Unoptimized: optimizing takes longer than it saves.
  await execute('gcc', ['-O0', '-w', kind, '-DCOLLAPSE', `-DMEMLIM=${memoryMb}`, '-o', 'pan', 'pan.c'], begun)
  const { stdout } = await execute(join(cwd, 'pan'), [`-m${depth}`, ...(cycles ? ['-l'] : [])], begun)
  const { stdout: states } = await execute(join(cwd, 'pan'), ['-d'], begun)
  return { ...figures(stdout), said: stdout, unreached: idle(stdout, states) }
}

function figures(said) {
  const number = (pattern) => Number(pattern.exec(said)?.[1] ?? Number.NaN)
  return {
    errors: number(/errors: (\d+)/),
    states: number(/^\s*([\d.e+]+) states, stored/m),
    transitions: number(/^\s*([\d.e+]+) transitions/m),
    reached: number(/depth reached (\d+)/),
    error: /^pan:\d+: (.*?)(?: \(at depth \d+\))?$/m.exec(said)?.[1],
    isCutOff: /max search depth too small|out of memory|memory limit|Search not completed/i.test(said),
  }
}

/** The statements of the model, by line and text, and whether any of the places where each stands was reached. */
function idle(said, states) {
  const statements = new Map()
  let process = ''
  for (const line of states.split('\n')) {
    process = /^(?:proctype|claim|init) (\S+)/.exec(line)?.[1] ?? process
    const found = /^\s*state\s+(\d+) -\(tr.*\] \S*?:(\d+) => (.*)$/.exec(line)
    if (found === null) continue
    const [, state, at, text] = found
    const key = `${process} ${state}`
    statements.set(key, [...(statements.get(key) ?? []), `${at}: ${text}`])
  }
  const unreached = new Set()
  for (const line of said.split('\n')) {
    process = /^unreached in (?:proctype|claim|init) (\S+)/.exec(line)?.[1] ?? process
    const state = /ring\.pml:\d+, state (\d+),/.exec(line)?.[1]
    if (state !== undefined) unreached.add(`${process} ${state}`)
  }
  const reached = new Map()
  for (const [key, texts] of statements)
    for (const text of texts) reached.set(text, (reached.get(text) ?? false) || !unreached.has(key))
  return reached
}

/** What is wrong with a run, if anything. */
function wrong({ errors, error, isCutOff, states, transitions }, expected) {
  if (!(states > 0 && transitions > 0)) return 'the checker said nothing of what it had searched'
  if (expected === undefined) {
    if (errors !== 0 || error !== undefined) return `it has an error: ${error}`
    return isCutOff ? 'the search was cut off' : undefined
  }
  if (errors !== 1 || error === undefined) return 'it should have an error, and has none'
  return error.startsWith(expected) ? undefined : `its error should be "${expected}", and is "${error}"`
}

const folder = await mkdtemp(join(tmpdir(), 'ring-model-'))
const problems = []
const reached = new Map()

async function check(each, macro) {
  const title = macro === undefined ? each.name : `broken: ${macro}`
  try {
    const outcome = await run(folder, each, macro)
    if (macro === undefined && !each.cycles)
      for (const [text, isReached] of outcome.unreached) reached.set(text, (reached.get(text) ?? false) || isReached)
    const problem = wrong(outcome, each.fails)
    const { states, transitions, reached: steps, error } = outcome
    const result = error ?? 'no error'
    console.log(`${title}: ${states} states, ${transitions} transitions, ${steps} steps deep: ${result}`)
    if (problem !== undefined) problems.push(`${title}: ${problem}`)
  } catch (error) {
    problems.push(`${title}: ${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`)
  }
}

const queue = [...right.map((each) => () => check(each)), ...broken.map((each) => () => check(each, each.name))]

async function work() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next()
}

try {
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
} finally {
  await rm(folder, { recursive: true, force: true })
}
const idleOnes = [...reached].filter(([, isReached]) => !isReached).map(([text]) => text)
if (reached.size === 0 || idleOnes.length > 0)
  problems.push(`of ${reached.size} statements these were never reached:\n  ${idleOnes.join('\n  ')}`)
else console.log(`${reached.size} statements, all reached`)
for (const problem of problems) console.error(problem)
process.exit(problems.length === 0 ? 0 : 1)
