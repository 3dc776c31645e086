import { stat } from 'node:fs'
import { installCommandHere } from '../../command/package-manager.ts'
import { findPackage, placesFrom } from '../../installed.ts'
import { NotInstalled, type Probe } from '../probe.ts'

/** What is used of the package `deasync`. */
interface Deasync {
  loopWhile(isPending: () => boolean): void
}

const name = '@ambisync/deasync'

export const deasyncAddon: Probe = {
  name: 'deasync-addon',
  title: 'the deasync addon',
  purpose: "for tasks that work on the caller's own objects: the caller's event loop is turned",
  // It may crash.
  endsByItself: false,
  try() {
    const installed = findPackage(name, placesFrom(process.cwd()))
    if (installed === undefined) throw new NotInstalled(`${name} is not installed`)
    const { loopWhile } = installed.require('deasync') as Deasync
    // In a promise job no loop can be turned, nor in any immediate but the first.
    return new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          let isPending = true
          // Not a timer: inside of one no other one fires.
          stat('.', () => {
            isPending = false
          })
          loopWhile(() => isPending)
          resolve('a file was looked at while this thread was blocked')
        } catch (error) {
          reject(error)
        }
      })
    })
  },
  async remedy({ status }) {
    const install = await installCommandHere([name])
    if (status === 'not installed') return install
    if (process.versions.bun !== undefined || process.versions.deno !== undefined) {
      return 'It is for Node.js only: take workerThreads().'
    }
    return `There may be no prebuilt addon for this system, or its files are missing: ${install}, or take workerThreads().`
  },
}
