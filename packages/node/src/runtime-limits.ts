import type { Capabilities } from '@ambisync/core/adapter'

export const isBun: boolean = process.versions.bun !== undefined
export const isDeno: boolean = process.versions.deno !== undefined

/**
 * What an adapter can declare on this runtime. Neither Bun nor Deno has a limit for the memory of a thread, so nobody is
 * known to survive one that runs out of it. On Deno what is moved through a port, or relayed, does not always arrive.
 *
 * @see https://github.com/oven-sh/bun/issues/31411
 */
export function withinLimits(capabilities: Capabilities): Capabilities {
  if (!isBun && !isDeno) return capabilities
  const survives = capabilities.survives.filter((end) => end !== 'out of memory')
  if (isBun) return { ...capabilities, survives }
  const { transfer: _, relay: __, ...rest } = capabilities
  return { ...rest, survives }
}
