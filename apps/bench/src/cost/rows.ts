import { availableParallelism } from 'node:os'
import type { Placement } from 'ambisync/bench'

export type Target = { readonly atMost: number } | { readonly atLeast: number }

/** One figure, what it is compared with, and what it has to be. */
export interface Row {
  readonly name: string
  /** Who measures it: a script of this folder, what that is asked to measure, and which of its figures it is. */
  readonly script: string
  readonly part: string
  readonly figure: string
  readonly unit: string
  readonly placement: Placement
  readonly contestant: string
  readonly peer?: string
  /** Where there is no peer: another figure of the same process, to see this one by. */
  readonly baseline?: string
  /** What the target is for: the figure by itself, or what it is beside the peer's. */
  readonly judged: 'by itself' | 'by ratio' | 'by difference'
  readonly target?: Target | undefined
  /** In place of `target` where the scheduler had both threads of the peer on one core, though it need not have. */
  readonly targetOnOneCore?: Target | undefined
  /** For the ratio of the 99th percentiles. */
  readonly targetOfP99?: Target | undefined
}

/** The peer's time for a call, in microseconds, in which no thread can have been woken on another core. */
export const longestOnOneCore = 25

function row(given: Omit<Row, 'placement' | 'judged'> & Partial<Row>): Row {
  return { placement: 'free', judged: given.peer === undefined ? 'by itself' : 'by ratio', ...given }
}

function atMost(limit: number | undefined): Target | undefined {
  return limit === undefined ? undefined : { atMost: limit }
}

function atLeast(limit: number): Target {
  return { atLeast: limit }
}

interface CallTargets {
  readonly ratio?: number
  readonly onOneCore?: number
  readonly p99?: number
  /** Of the call itself, in microseconds. */
  readonly time?: number
  readonly peer?: string
}

/** A blocking call of `async (x) => x`, beside the peer's. */
function call(
  contestant: string,
  placement: Placement,
  payload: string,
  { ratio, onOneCore, p99, time, peer = 'synckit' }: CallTargets = {},
): Row {
  return row({
    name: `call, ${payload}`,
    script: 'sync-call',
    part: payload,
    figure: 'p50',
    unit: 'us',
    placement,
    contestant,
    peer,
    judged: time === undefined ? 'by ratio' : 'by itself',
    target: atMost(time ?? ratio),
    targetOnOneCore: atMost(onOneCore),
    targetOfP99: atMost(p99),
  })
}

const calls: readonly Row[] = [
  call('atomics', 'free', 'number', { ratio: 0.05, onOneCore: 0.3, p99: 1 }),
  call('atomics', 'free', 'small object', { ratio: 0.08, onOneCore: 0.4, p99: 1 }),
  call('atomics', 'free', '1 KB string', { ratio: 0.08, onOneCore: 0.4, p99: 1 }),
  call('atomics', 'free', 'list of 1,000 objects', { ratio: 0.4, p99: 1 }),
  call('atomics', 'free', '1 MB Uint8Array', { ratio: 0.4, p99: 1 }),
  call('atomics', 'busy', 'number', { ratio: 1.1, p99: 1 }),
  call('atomics', 'pinned', 'number', { ratio: 0.8, p99: 1 }),
  call('atomics', 'pinned', 'small object', { ratio: 0.8, p99: 1 }),
  call('worker-threads', 'free', 'number', { ratio: 0.1, onOneCore: 0.5 }),
  call('worker-threads', 'free', 'small object', { ratio: 0.12, onOneCore: 0.5 }),
  call('worker-threads', 'free', '1 KB string', { ratio: 0.12, onOneCore: 0.5 }),
  call('worker-threads', 'free', 'list of 1,000 objects'),
  call('worker-threads', 'free', '1 MB Uint8Array'),
  call('worker-threads', 'busy', 'number'),
  call('worker-threads', 'pinned', 'number', { ratio: 1 }),
  call('worker-threads', 'pinned', 'small object', { ratio: 1 }),
  call('worker-threads', 'pinned', '1 KB string', { ratio: 1 }),
  call('worker-threads', 'pinned', 'list of 1,000 objects', { ratio: 1.2 }),
  call('worker-threads', 'pinned', '1 MB Uint8Array', { ratio: 1.2 }),
  call('child-process', 'free', 'number', { time: 200 }),
  call('child-process', 'pinned', 'number', { time: 60 }),
  call('deasync', 'free', 'number, in the next turn', { ratio: 1.5, peer: 'bare deasync' }),
]

/** What a program with few calls takes of the processor, beside the same program with synckit. */
function processorTime(contestant: string, part: string, most: number): Row {
  const unit = '% of a core'
  return row({
    name: part,
    script: 'processor-time',
    part,
    figure: 'percent',
    unit,
    contestant,
    peer: 'synckit',
    judged: 'by difference',
    target: atMost(most),
  })
}

/** How late the loop comes to what its tasks have under way. */
function lateness(contestant: string, part: string, figure: 'p99' | 'max', target?: Target): Row {
  const name = `${part} on the loop while calls stream in, ${figure}`
  const baseline = `${figure} without calls`
  return row({ name, script: 'lateness', part, figure, unit: 'ms', contestant, baseline, target })
}

const lingerers: readonly string[] = ['atomics', 'worker-threads']

const lingering: readonly Row[] = lingerers.flatMap((contestant) => [
  processorTime(contestant, 'no calls, event loop idle', 0.2),
  processorTime(contestant, 'no calls, asleep', 0.2),
  processorTime(contestant, 'a call every 10 ms, by a timer', 5),
  processorTime(contestant, 'a call every 10 ms, asleep in between', 5),
  ...['timer', 'file system', 'socket'].flatMap((part) => [
    lateness(contestant, part, 'p99', atMost(5)),
    lateness(contestant, part, 'max', part === 'timer' ? atMost(5) : undefined),
  ]),
])

function coldStart(contestant: string, target?: Target): Row {
  const name = 'first call, cold'
  const what = { script: 'cold-start', part: 'first call', figure: 'time', unit: 'ms' }
  return row({ name, ...what, contestant, peer: 'synckit', target })
}

function importTime(contestant: string, target?: Target): Row {
  const what = { script: 'import-time', part: 'import', figure: 'time', unit: 'ms' }
  return row({ name: 'import, with core', ...what, contestant, target })
}

function callback(placement: Placement): Row {
  const what = { script: 'callback', part: 'callback', figure: 'ratio', unit: 'times a plain call' }
  return row({ name: "a callback's round trip", ...what, placement, contestant: 'worker-threads', target: atMost(3) })
}

function detection(name: string, figure: string, most: number): Row {
  const what = { script: 'caller-detector', part: 'detector', figure, unit: 'us', baseline: 'stack' }
  return row({ name, ...what, contestant: 'detect', target: atMost(most) })
}

const cores = availableParallelism()

const others: readonly Row[] = [
  coldStart('worker-threads', atMost(0.75)),
  coldStart('atomics'),
  importTime('worker-threads', atMost(15)),
  importTime('atomics'),
  callback('free'),
  callback('pinned'),
  row({
    name: '100,000 streamed items, by .sync',
    script: 'stream',
    part: 'stream',
    figure: 'rate',
    unit: 'items/ms',
    contestant: 'worker-threads',
    target: atLeast(500),
  }),
  row({
    name: `busy tasks, pool of ${cores}`,
    script: 'pool',
    part: 'pool',
    figure: 'gain',
    unit: 'times as fast as a pool of 1',
    contestant: 'worker-threads',
    target: cores === 1 ? undefined : atLeast(Math.max(1, 0.7 * cores)),
  }),
  row({
    name: 'a task that resolves in a setImmediate',
    script: 'turned-loop',
    part: 'turned loop',
    figure: 'ratio',
    unit: 'times bare deasync',
    contestant: 'deasync',
    target: atMost(1.5),
  }),
  row({
    name: 'yield* in sync mode',
    script: 'generator-function',
    part: 'yield*',
    figure: 'time',
    unit: 'ns',
    contestant: 'ambisync',
    peer: 'quansync',
    target: atMost(2),
  }),
  detection('who calls, from a known place', 'known', 3),
  detection('who calls, from a new place', 'fresh', 20),
]

/** Blocking fetches beside undici's own in the same process. */
function http(placement: Placement, part: string, name: string, figure: string, unit: string, most: number): Row {
  return row({ name, script: 'http', part, figure, unit, placement, contestant: 'fetch', target: atMost(most) })
}

const overUndici = 'us above 1.15 times undici'
const requests: readonly Row[] = [
  http('free', 'sequential', 'a GET, one after another', 'over', overUndici, 30),
  http('pinned', 'sequential', 'a GET, one after another', 'over', overUndici, 30),
  http('free', 'together', '100 GETs of 20 ms', 'ratio', 'times Promise.all', 1.1),
  row({
    name: '100 MB read as it arrives',
    script: 'http-memory',
    part: 'streamed',
    figure: 'extra',
    unit: 'MB above before',
    contestant: 'fetch',
    target: atMost(16),
  }),
]

export const tables: readonly { readonly title: string; readonly rows: readonly Row[] }[] = [
  { title: 'Calls: p50', rows: calls },
  { title: 'Lingering', rows: lingering },
  { title: 'HTTP', rows: requests },
  { title: 'Everything else', rows: others },
]
