import type { Installed } from './installed.ts'
import type { Strategy } from './strategies.ts'

/**
 * Why this thread of this runtime cannot have the strategy, as a clause; undefined if nothing speaks against it. Only
 * what can be told at once and without starting anything: the rest shows when the loop starts.
 */
export function obstacleTo({ capabilities }: Strategy, installed: Pick<Installed, 'require'>): string | undefined {
  return capabilities.runsOn === "caller's thread" ? obstacleToTurning(installed) : obstacleToSleeping()
}

let sleeping: { readonly obstacle: string | undefined } | undefined

/** Browsers, and programs built on them, do not let their main thread sleep. */
function obstacleToSleeping(): string | undefined {
  sleeping ??= { obstacle: tryToSleep() }
  return sleeping.obstacle
}

function tryToSleep(): string | undefined {
  if (typeof SharedArrayBuffer === 'undefined') return 'there is no SharedArrayBuffer here'
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0)
    return undefined
  } catch (error) {
    return `this thread must not sleep: ${error instanceof Error ? error.message : error}`
  }
}

function obstacleToTurning(installed: Pick<Installed, 'require'>): string | undefined {
  const { versions, platform, arch } = process
  const other = versions.bun === undefined ? versions.deno && `Deno ${versions.deno}` : `Bun ${versions.bun}`
  // Bun would not throw but crash.
  if (other !== undefined) return `its addon is for Node.js, and this is ${other}`
  try {
    installed.require('deasync')
    return undefined
  } catch {
    return `its addon cannot be loaded by Node.js ${versions.node} on ${platform}-${arch}`
  }
}
