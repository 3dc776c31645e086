/** Says, on whichever runtime, what an adapter declares there: `probe.js <choice as JSON>` prints a {@link Probe} as JSON. */
import { startLoop } from '@ambisync/core'
import type { Capabilities } from '@ambisync/core/adapter'
import { create } from './create.ts'

export type Probe =
  | { readonly capabilities: Capabilities }
  /** It cannot work there at all, and says so by `NotSupportedError`. */
  | { readonly notSupported: string }

async function probe(): Promise<Probe> {
  try {
    const adapter = create(JSON.parse(process.argv[2] ?? ''))
    const loop = startLoop({ adapter })
    await loop.load<typeof import('./probe-tasks.js')>(new URL('./probe-tasks.js', import.meta.url)).one.async()
    await loop.stop()
    return { capabilities: adapter.capabilities }
  } catch (error) {
    if (error instanceof Error && error.name === 'NotSupportedError') return { notSupported: error.message }
    throw error
  }
}

process.stdout.write(JSON.stringify(await probe()))
