import type { Loop } from '@ambisync/core'
import { installCommandHere } from '../../command/package-manager.ts'
import { findPackage, makeAdapter, placesFrom } from '../../installed.ts'
import { factoryCall, type Strategy } from '../../strategies.ts'
import { NotInstalled, type Probe } from '../probe.ts'

/** Long enough for a slow machine to start a process. */
const patience = 10_000

/** A module in a file, as everybody's: not every runtime can import those of `loop.inline`. */
const tasks = new URL('./probe-tasks.js', import.meta.url)

/** A blocking call by a strategy: what all the others are for. */
export function strategyProbe(strategy: Strategy): Probe {
  return {
    name: `strategy: ${strategy.name}`,
    title: factoryCall(strategy),
    purpose: strategy.motive,
    endsByItself: strategy.capabilities.runsOn !== "caller's thread",
    async try() {
      const installed = findPackage(strategy.package, placesFrom(process.cwd()))
      if (installed === undefined) throw new NotInstalled(`${strategy.package} is not installed`)
      // Not imported before: without shared memory it cannot be.
      const { startLoop } = await import('@ambisync/core')
      // One of them turns the event loop, which cannot be done in a promise job, nor in any immediate but the first.
      return await new Promise((resolve, reject) => {
        setTimeout(() => {
          try {
            resolve(
              `${call(() => startLoop({ adapter: makeAdapter(installed, strategy) }))} (${strategy.package} ${installed.version})`,
            )
          } catch (error) {
            reject(error)
          }
        })
      })
    },
    async remedy({ status }) {
      if (status === 'not installed') return await installCommandHere([strategy.package])
      return 'See what it stands on, above; a slow machine may want --timeout. Any other strategy that works will do: npx ambisync pick says which.'
    },
  }
}

function call(start: () => Loop): string {
  const begin = performance.now()
  const loop = start()
  try {
    const { add } = loop.load<typeof import('../probe-tasks.ts')>(tasks)
    if (add.with({ timeout: patience }).sync(20, 22) !== 42) throw new Error('a call gave a wrong result')
    return `a call blocked and gave its result, ${Math.round(performance.now() - begin)} ms after the loop was started`
  } finally {
    loop[Symbol.dispose]()
  }
}
