import { type Dual, type Loop, startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'

/** To the types of a blocking form a Blob is an object with callbacks. */
type ReadBlob = (blob: unknown) => Promise<Uint8Array>

let loop: Loop | undefined
let read: Dual<ReadBlob> | undefined

/**
 * The bytes of a Blob, for adapters that do not clone Blobs. This thread may be blocked, so they are read on a worker
 * thread of this package's own, which is started when it is first needed.
 */
export function blobReader(): Dual<ReadBlob> {
  loop ??= startLoop({ adapter: workerThreads(), name: 'fetch: blobs' })
  read ??= loop.inline(async (blob: unknown) => new Uint8Array(await (blob as Blob).arrayBuffer()))
  return read
}
