import { Misuse } from '../command/exit-codes.ts'
import { installCommandHere } from '../command/package-manager.ts'
import { findPackage, placesFrom } from '../installed.ts'

/** What is used of it. It is loaded when it is needed: with BullMQ and its client of Redis it is large, and need not be there. */
type Bullmq = Pick<typeof import('@ambisync/bullmq'), 'serve' | 'queueStatus'>

const name = '@ambisync/bullmq'

/** @throws {Misuse} if it is not installed, with the command that installs it */
export async function loadBullmq(): Promise<Bullmq> {
  const installed = findPackage(name, placesFrom(process.cwd()))
  const install = await installCommandHere([name])
  if (installed === undefined) throw new Misuse(`not installed: ${name}; ${install}`)
  const exported = installed.load()
  if (isBullmq(exported)) return exported
  throw new Misuse(`${name} ${installed.version} has no serve; ${install}`)
}

function isBullmq(exported: object): exported is Bullmq {
  return (
    'serve' in exported &&
    typeof exported.serve === 'function' &&
    'queueStatus' in exported &&
    typeof exported.queueStatus === 'function'
  )
}
