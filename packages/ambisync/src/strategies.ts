import type { Capabilities } from '@ambisync/core/adapter'

/** A way to run tasks that can be chosen: an adapter, or one configuration of it. */
export interface Strategy {
  readonly name: string
  /** The package that it is in. */
  readonly package: string
  /** What that exports, and how it is called: as code, and as values. */
  readonly factory: string
  readonly options?: Readonly<Record<string, unknown>>
  /** As the adapter declares them, for where it is not installed. A test compares the two. */
  readonly capabilities: Capabilities
  /**
   * By the round trip of a short call, 1 for the shortest; last of all what holds up its caller. A test compares it with
   * what was measured.
   */
  readonly latencyRank: number
  /** Whom it is for, in a clause: "it is …". */
  readonly motive: string
  /** What it costs beside the others, in a clause: "it …". */
  readonly price: string
}

const survivesExit: Capabilities['survives'] = ['exit', 'throw', 'out of memory']
const survivesCrash: Capabilities['survives'] = [...survivesExit, 'signal', 'crash']

/** In order of preference: the first that meets all needs, and can run, is taken. */
export const strategies: readonly Strategy[] = [
  {
    name: 'worker-threads',
    package: '@ambisync/worker-threads',
    factory: 'workerThreads',
    capabilities: {
      runsOn: 'worker thread',
      modules: 'url',
      survives: survivesExit,
      kill: true,
      callbacks: true,
      streams: true,
      relay: true,
      transfer: true,
      resident: true,
    },
    latencyRank: 2,
    motive: 'it is the default: it runs wherever worker threads do, starts fast, and copies or moves what it is given',
    price: 'it takes longer to answer than atomics, and a crash in native code takes the caller with it',
  },
  {
    name: 'atomics',
    package: '@ambisync/atomics',
    factory: 'atomics',
    capabilities: {
      runsOn: 'worker thread',
      modules: 'url',
      survives: survivesExit,
      kill: true,
      callbacks: true,
      streams: true,
      relay: true,
      resident: true,
    },
    latencyRank: 1,
    motive: 'it answers short calls soonest of those that have a thread of their own',
    price: 'it is for many short calls (low-latency), and cannot move memory',
  },
  {
    name: 'child-process',
    package: '@ambisync/child-process',
    factory: 'childProcess',
    capabilities: {
      runsOn: 'child process',
      modules: 'url',
      survives: survivesCrash,
      kill: true,
      callbacks: true,
      streams: true,
      relay: true,
      resident: true,
    },
    latencyRank: 3,
    motive: 'its tasks have a process of their own, and nothing that happens there harms the caller',
    price: 'it takes longer to start and to answer, and a process takes more memory than a thread',
  },
  {
    name: 'child-process, one per call',
    package: '@ambisync/child-process',
    factory: 'childProcess',
    options: { persistent: false },
    capabilities: { runsOn: 'child process', modules: 'url', survives: survivesCrash, kill: true },
    latencyRank: 4,
    motive: 'each call has a process of its own, which leaves nothing behind',
    price: 'it starts a process for each call',
  },
  {
    name: 'deasync',
    package: '@ambisync/deasync',
    factory: 'deasync',
    capabilities: {
      runsOn: "caller's thread",
      modules: 'url',
      survives: [],
      callbacks: true,
      streams: true,
      relay: true,
      resident: true,
      closures: true,
    },
    latencyRank: 5,
    motive: "its tasks run in the caller's own thread, on the very objects that they are given",
    price: 'it holds up its caller while it computes, and cannot block after an await',
  },
]

/** How the adapter is made, as code: `childProcess({ persistent: false })`. */
export function factoryCall({ factory, options = {} }: Strategy): string {
  const entries = Object.entries(options).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  return entries.length === 0 ? `${factory}()` : `${factory}({ ${entries.join(', ')} })`
}

/** The name as one word, for where it is typed. */
export function slugOf({ name }: Strategy): string {
  return name.replaceAll(/[^a-z]+/g, '-')
}

/** A text that was typed, with words for names: one that has a comma itself is as good as the one without. */
export function withSlugs(text: string): string {
  return strategies.reduce((result, strategy) => result.replaceAll(strategy.name, slugOf(strategy)), text)
}
