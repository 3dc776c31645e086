/**
 * What a program costs while it makes no calls, or few: processor time of all of its threads, in percent of one core.
 * It has made many calls close together just before.
 */
import { type Echo, importContestant } from './contestants.ts'
import { readArguments, report } from './figures.ts'

const warmUp = 5_000
/** How long a program may take to come to rest, in milliseconds. */
const rest = 50
const length = 2_000
const interval = 10

const word = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

function sleepAsync(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function sleepBlocked(ms: number): void {
  Atomics.wait(word, 0, 0, ms)
}

/** What the program does in the time that is measured. */
const programs: Record<string, (echo: Echo) => Promise<void> | void> = {
  'no calls, event loop idle': () => sleepAsync(length),
  'no calls, asleep': () => sleepBlocked(length),
  async 'a call every 10 ms, by a timer'(echo) {
    await new Promise<void>((resolve) => {
      let left = length / interval
      const timer = setInterval(() => {
        check(echo, left--)
        if (left > 0) return
        clearInterval(timer)
        resolve()
      }, interval)
    })
  },
  'a call every 10 ms, asleep in between'(echo) {
    for (let left = length / interval; left > 0; left--) {
      check(echo, left)
      sleepBlocked(interval)
    }
  },
}

function check(echo: Echo, value: number): void {
  const result = echo(value)
  if (result !== value) throw new Error(`answered ${String(result)} to ${value}`)
}

async function measure(echo: Echo, part: string): Promise<number> {
  const program = programs[part]
  if (program === undefined) throw new Error(`there is no program "${part}"`)
  for (let value = 0; value < warmUp; value++) check(echo, value)
  sleepBlocked(rest)
  const begin = performance.now()
  const before = process.cpuUsage()
  await program(echo)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 10 / (performance.now() - begin)
}

const { contestant, parts } = readArguments()
const echo = (await importContestant(contestant))()('echo')
const figures: Record<string, { percent: number }> = {}
for (const part of parts) figures[part] = { percent: await measure(echo, part) }
report(figures)
