import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Contestant } from './contestant.ts'

type SyncRpc = (path: string) => (message: unknown) => unknown

/** It sends JSON, in which buffers, but no other bytes, stay what they are. */
export const contestant: Contestant = {
  name: 'sync-rpc',
  kind: 'peer',
  packageName: 'sync-rpc',
  async load() {
    const rpc = createRequire(import.meta.url)('sync-rpc') as SyncRpc
    return () => {
      const call = rpc(fileURLToPath(new URL('../tasks/dispatch-sync-rpc.js', import.meta.url)))
      return {
        task:
          (name) =>
          (...args) =>
            call({ name, args: args.map(asBuffer) }),
      }
    }
  },
}

function asBuffer(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value
}
