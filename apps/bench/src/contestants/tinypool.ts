import { fileURLToPath } from 'node:url'
import type { Calls, Contestant } from './contestant.ts'

/** For those who can await: it does not block. */
export const contestant: Contestant = {
  name: 'tinypool',
  kind: 'peer',
  packageName: 'tinypool',
  async load() {
    const { Tinypool } = await import('tinypool')
    const filename = fileURLToPath(new URL('../tasks/dispatch-tinypool.js', import.meta.url))
    const runOn = (pool: InstanceType<typeof Tinypool>): NonNullable<Calls['all']> => {
      return (name, lists) => Promise.all(lists.map((args) => pool.run({ name, args })))
    }
    return () => {
      // One thread, as the others have, that may do as much at a time as comes.
      const one = new Tinypool({ filename, minThreads: 1, maxThreads: 1, concurrentTasksPerWorker: 1_000 })
      let many: InstanceType<typeof Tinypool> | undefined
      return {
        isAsync: true,
        task:
          (name) =>
          (...args) =>
            one.run({ name, args }),
        all: runOn(one),
        onPool(name, lists) {
          many ??= new Tinypool({ filename })
          return runOn(many)(name, lists)
        },
      }
    }
  },
}
