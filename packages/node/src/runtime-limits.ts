import type { Capabilities } from '@ambisync/core/adapter'

export const isBun: boolean = process.versions.bun !== undefined

/**
 * What an adapter cannot declare on this runtime, whatever it does: Bun's console does not print by `process.stdout`, where
 * it could be relayed, and Bun has no limit for the memory of a thread or a process.
 */
export function withinLimits(capabilities: Capabilities): Capabilities {
  if (!isBun) return capabilities
  const { relay: _, survives, ...rest } = capabilities
  return { ...rest, survives: survives.filter((end) => end !== 'out of memory') }
}
