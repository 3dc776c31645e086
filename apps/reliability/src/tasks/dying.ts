import type { DeathName } from '../chaos/deaths.ts'

const ways: Record<DeathName, (id: number) => void> = {
  'exit 0': () => process.exit(0),
  'exit 3': () => process.exit(3),
  throw(id) {
    setTimeout(() => {
      throw new RangeError(`thrown in a timer ${id}`)
    }, 0)
  },
  rejection: (id) => void Promise.reject(new RangeError(`rejected ${id}`)),
  'out of memory'() {
    const kept: number[][] = []
    for (;;) kept.push(new Array(10_000).fill(kept.length))
  },
  SIGKILL: () => void process.kill(process.pid, 'SIGKILL'),
  abort: () => process.abort(),
  stuck() {
    for (;;);
  },
}

/** Has its loop end, and answers nothing. */
export function die(id: number, how: DeathName): Promise<never> {
  ways[how](id)
  return new Promise(() => setTimeout(() => {}, 2 ** 30))
}
