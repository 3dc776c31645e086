/** How much is measured in one process. */
export interface Sizes {
  readonly roundTrip: {
    /** Calls of each contestant that do not count: until all code on the way is compiled, which ours has more of. */
    readonly warmUp: number
    /** How often each has its turn, and how many calls it makes then, one after another. */
    readonly turns: number
    readonly calls: number
  }
  readonly throughput: {
    /** Calls of each that do not count. They fill the streams of events, too, which take no more memory from then on. */
    readonly warmUp: number
    readonly turns: number
    /** All of them at the same time. */
    readonly calls: number
  }
  readonly growth: {
    /** Calls for each number of servers: of a task that waits, and of one that computes. */
    readonly waiting: number
    readonly computing: number
  }
}

export const sizes: Readonly<Record<'full' | 'quick', Sizes>> = {
  full: {
    roundTrip: { warmUp: 2_500, turns: 10, calls: 100 },
    throughput: { warmUp: 8_000, turns: 2, calls: 10_000 },
    growth: { waiting: 800, computing: 240 },
  },
  quick: {
    roundTrip: { warmUp: 20, turns: 3, calls: 20 },
    throughput: { warmUp: 100, turns: 2, calls: 200 },
    growth: { waiting: 40, computing: 8 },
  },
}

export type Effort = keyof typeof sizes

/** How many calls run at the same time on each server. */
export const concurrency: Readonly<Record<'add' | 'waiting' | 'computing', number>> = {
  /** Where the way there is measured. */
  add: 50,
  waiting: 8,
  /** One that computes, and one that is there when it is done. */
  computing: 2,
}

/** How long the task takes that waits, in milliseconds. */
export const waitingTime = 20

/** What the task that computes counts the primes below: some 20 ms of a core. */
export const computingLimit = 300_000

/** The most servers there are. */
export const mostServers = 4

/** What a call may take: so many times as long as one of BullMQ itself, and so many microseconds besides. */
export const allowedRatio = 1.2
export const allowedOver = 30

/** How many calls per second there have to be in a gather, to one of BullMQ itself. */
export const leastThroughput = 0.8
