import type {
  Measured,
  Placement,
  Report,
  ReportedContestant,
  ReportedScenario,
  Result,
} from '../../../src/bench/report-data.ts'

/**
 * A FIXTURE: a report as the benchmark might make it, from made-up numbers. Nothing in it was measured.
 *
 * The same seed always makes the same report.
 */
export function fixtureReport(seed = 1): Report {
  const random = randomNumbers(seed)
  return {
    format: 1,
    created: '2026-11-26T04:00:00.000Z',
    machine: {
      processor: 'Made-up x86-64 at 2.6 GHz (fixture)',
      cores: 2,
      memoryGiB: 24,
      platform: 'linux x64',
      loadAverage: 0.42,
    },
    runtime: 'Node.js 20.20.2',
    effort: { warmUp: 150, time: 300 },
    contestants,
    scenarios,
    results: scenarios.flatMap((scenario) =>
      placementsOf(scenario).flatMap((placement) =>
        parametersOf(scenario).flatMap((parameter) => resultsOf(random, scenario, placement, parameter)),
      ),
    ),
  }
}

/** The same with some of its scenarios and contestants only: enough where every cell is looked at, which takes long. */
export function smallFixture(): Report {
  const report = fixtureReport()
  const kept = ['number', 'payload', 'iterate', 'worker-threads', 'atomics', 'synckit', 'sync-rpc', 'native sync']
  return {
    ...report,
    contestants: report.contestants.filter(({ name }) => kept.includes(name)),
    scenarios: report.scenarios.filter(({ name }) => kept.includes(name)),
    results: report.results.filter(({ scenario, contestant }) => kept.includes(scenario) && kept.includes(contestant)),
  }
}

/** A xorshift of 32 bits: repeatable, which is all that is asked of it. */
function randomNumbers(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}

const worker = {
  runsOn: 'worker thread',
  modules: 'url',
  survives: ['exit', 'throw', 'out of memory'],
  kill: true,
  callbacks: true,
  streams: true,
  relay: true,
  resident: true,
}
const child = { ...worker, runsOn: 'child process', survives: [...worker.survives, 'signal', 'crash'] }
const adapter = (name: string, capabilities: NonNullable<ReportedContestant['capabilities']>): ReportedContestant => ({
  name,
  kind: 'adapter',
  version: '0.0.0',
  capabilities,
})
const peer = (name: string, version: string): ReportedContestant => ({ name, kind: 'peer', version })

const contestants: readonly ReportedContestant[] = [
  adapter('worker-threads', { ...worker, transfer: true }),
  adapter('atomics', worker),
  adapter('atomics, no lingering', worker),
  adapter('child-process', child),
  adapter('child-process, one per call', {
    runsOn: 'child process',
    modules: 'url',
    survives: child.survives,
    kill: true,
  }),
  adapter('deasync', {
    runsOn: "caller's thread",
    modules: 'url',
    survives: [],
    callbacks: true,
    streams: true,
    closures: true,
    resident: true,
  }),
  peer('synckit', '0.12.3'),
  peer('make-synchronized', '0.8.0'),
  peer('make-synchronous, worker', '2.1.0'),
  peer('make-synchronous, process', '2.1.0'),
  peer('sync-rpc', '1.3.7'),
  peer('sync-message-port', '1.2.0'),
  peer('@kaciras/deasync', '1.1.0'),
  peer('tinypool', '2.0.0'),
  { name: 'native sync', kind: 'native', version: 'Node.js 20.20.2' },
  { name: 'plain async', kind: 'native', version: 'Node.js 20.20.2' },
]

const scenario = (
  name: string,
  title: string,
  unit: ReportedScenario['unit'],
  rest: Partial<ReportedScenario> = {},
): ReportedScenario => ({ name, title, unit, baseline: 'synckit', ...rest })

const scenarios: readonly ReportedScenario[] = [
  scenario('number', 'Round trip of a number', 'us'),
  scenario('objects', 'Round trip of 1,000 objects', 'us'),
  scenario('payload', 'Payload sweep', 'us', { parameter: { name: 'payload', unit: 'B' } }),
  scenario('cold', 'Cold first call', 'ms'),
  scenario('gather', '100 I/O tasks of 20 ms in a gather', 'ms', { baseline: 'plain async' }),
  scenario('iterate', 'An item of 100,000 in an iteration', 'us', { baseline: 'worker-threads' }),
  scenario('idle', 'CPU when idle', '% of a core'),
  scenario('memory', 'Resident memory per loop', 'MiB'),
]

/** How long each takes for a number, free, in microseconds; pinned takes `pinned` of that. */
const costs: Readonly<Record<string, { readonly free: number; readonly pinned: number; readonly perByte: number }>> = {
  'worker-threads': { free: 6.2, pinned: 1.1, perByte: 0.0006 },
  atomics: { free: 1.6, pinned: 2.4, perByte: 0.0005 },
  'atomics, no lingering': { free: 61, pinned: 0.12, perByte: 0.0005 },
  'child-process': { free: 96, pinned: 0.4, perByte: 0.0021 },
  'child-process, one per call': { free: 58_000, pinned: 1.2, perByte: 0.003 },
  deasync: { free: 4.1, pinned: 1, perByte: 0.000001 },
  synckit: { free: 84, pinned: 0.09, perByte: 0.0011 },
  'make-synchronized': { free: 86, pinned: 0.095, perByte: 0.0011 },
  'make-synchronous, worker': { free: 112, pinned: 0.2, perByte: 0.0012 },
  'make-synchronous, process': { free: 71_000, pinned: 1.2, perByte: 0.004 },
  'sync-rpc': { free: 5_100, pinned: 1.3, perByte: 0.02 },
  'sync-message-port': { free: 79, pinned: 0.1, perByte: 0.001 },
  '@kaciras/deasync': { free: 4, pinned: 1, perByte: 0.000001 },
  tinypool: { free: 41, pinned: 0.3, perByte: 0.0009 },
  'native sync': { free: 0.021, pinned: 1, perByte: 0.0000001 },
  'plain async': { free: 0.19, pinned: 1, perByte: 0.0000001 },
}

function placementsOf({ name }: ReportedScenario): readonly Placement[] {
  if (name === 'number') return ['free', 'pinned', 'busy']
  return name === 'memory' || name === 'idle' ? ['free'] : ['free', 'pinned']
}

function parametersOf({ parameter }: ReportedScenario): readonly (number | undefined)[] {
  return parameter === undefined ? [undefined] : [1, 64, 1024, 16_384, 262_144, 2 ** 20, 2 ** 23, 2 ** 26]
}

function typical(
  name: string,
  scenario: ReportedScenario,
  placement: Placement,
  parameter: number | undefined,
): number {
  const { free, pinned, perByte } = costs[name] ?? { free: 50, pinned: 1, perByte: 0.001 }
  const call = free * { free: 1, pinned, busy: name === 'atomics' ? 40 : 4 }[placement]
  const index = contestants.findIndex((one) => one.name === name)
  switch (scenario.name) {
    case 'objects':
      return call + 220 + perByte * 200_000
    case 'payload':
      return call + perByte * (parameter ?? 0)
    case 'cold':
      return 21 + index * 3.7 + (name.includes('process') ? 42 : 0)
    case 'gather':
      return name.includes('make') || name === 'synckit' ? 2080 + index : 21.4 + Math.log10(call + 1)
    case 'iterate':
      return 0.24 * (1 + call / 9)
    case 'idle':
      return name.includes('deasync') ? 1.9 : 0.03 + index / 400
    case 'memory':
      return name.includes('process') ? 44 + index / 3 : 9.5 + index / 4
    default:
      return call
  }
}

function resultsOf(
  random: () => number,
  scenario: ReportedScenario,
  placement: Placement,
  parameter: number | undefined,
): Result[] {
  const where = { scenario: scenario.name, placement, ...(parameter !== undefined && { parameter }) }
  const measured = new Map<string, Omit<Measured, 'rank' | 'behind' | 'ratio'>>()
  for (const { name } of contestants) {
    if (whyNot(name, scenario, parameter) !== undefined) continue
    measured.set(name, measure(random, typical(name, scenario, placement, parameter)))
  }
  const behind = findBetter(measured)
  const baseline = measured.get(scenario.baseline)
  return contestants.map(({ name }): Result => {
    const found = measured.get(name)
    const outcome = whyNot(name, scenario, parameter)
    if (found === undefined || outcome !== undefined) {
      return { ...where, contestant: name, outcome: outcome ?? { kind: 'failed', error: 'unknown' } }
    }
    const value = found.p50 / (baseline?.p50 ?? 1)
    const spread = 1 + 0.01 + random() * (placement === 'busy' ? 0.25 : 0.05)
    return {
      ...where,
      contestant: name,
      outcome: {
        ...found,
        behind: behind.get(name) ?? [],
        rank: 1 + (behind.get(name)?.length ?? 0),
        ...(name !== scenario.baseline &&
          baseline !== undefined && { ratio: { value, low: value / spread, high: value * spread } }),
      },
    }
  })
}

/** Some never work, some not here, as it is in life. */
function whyNot(
  name: string,
  { name: scenario }: ReportedScenario,
  parameter = 0,
): Exclude<Result['outcome'], Measured> | undefined {
  if (name === 'sync-rpc' && scenario !== 'number' && scenario !== 'cold') {
    return { kind: 'failed', error: 'sync-rpc 1.3.7: Error: connect ECONNREFUSED 127.0.0.1:0 (nothing was listening)' }
  }
  if (name.startsWith('make-synchronous') && parameter > 2 ** 23) {
    return { kind: 'failed', error: `${name}: RangeError: Invalid array buffer length; no answer within 60 s` }
  }
  if (name === 'native sync' && scenario !== 'number' && scenario !== 'payload') {
    return { kind: 'not supported', why: 'there is no native synchronous way to do this' }
  }
  const isAlone = name === 'child-process, one per call' || name === 'make-synchronous, process' || name === 'tinypool'
  if (isAlone && (scenario === 'iterate' || scenario === 'idle')) {
    return { kind: 'not supported', why: 'no loop lives on between calls' }
  }
  return undefined
}

function measure(random: () => number, center: number): Omit<Measured, 'rank' | 'behind' | 'ratio'> {
  const middle = center * (0.97 + random() * 0.06)
  const width = 0.06 + random() * 0.3
  const tail = 0.1 + random() * 0.9
  const at = (quantile: number): number => {
    const q = Math.min(Math.max(quantile, 0.002), 0.998)
    const body = Math.log(q / (1 - q)) * width
    const far = q > 0.85 ? ((q - 0.85) / 0.15) ** 3 * tail : 0
    return middle * Math.exp(body + far)
  }
  const quantiles = Array.from({ length: 101 }, (_, index) => at(index / 100))
  const [p50 = 0, p90 = 0, p99 = 0, max = 0] = [50, 90, 99, 100].map((index) => quantiles[index])
  return {
    kind: 'measured',
    processes: 20,
    samples: 20_000,
    figures: Array(20).fill(p50),
    p50,
    p90,
    p99,
    max,
    quantiles,
  }
}

/** Those within three in a hundred of each other are not told apart. */
function findBetter(measured: ReadonlyMap<string, { readonly p50: number }>): ReadonlyMap<string, readonly string[]> {
  const sorted = [...measured].sort(([, a], [, b]) => a.p50 - b.p50)
  return new Map(
    sorted.map(([name, { p50 }], index) => {
      const better = sorted.slice(0, index).filter(([, other]) => Math.log(p50 / other.p50) >= 0.03)
      return [name, better.map(([other]) => other)]
    }),
  )
}
