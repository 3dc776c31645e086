import { AsyncInSyncError } from '@ambisync/core'
import type { SentBlob, SentBody, SentChunks, SentFile } from './request-body.ts'
import { formOf } from './request-body.ts'

/** A request's body as undici takes it on the loop. */
export interface OutgoingBody {
  readonly body: unknown
  /** Resolves when nothing more will be asked for; left out where nothing is asked for by calling back. */
  readonly done?: Promise<undefined>
  /** Why the caller could not give a chunk, where that has to be told as it is. */
  refusal?(): AsyncInSyncError | undefined
}

export function outgoingBody(sent: SentBody | undefined): OutgoingBody {
  if (typeof sent !== 'object' || sent instanceof Uint8Array || sent instanceof URLSearchParams) return { body: sent }
  if (sent.kind === 'blob') return { body: blobOf(sent.blob) }
  if (sent.kind === 'form') {
    const entries = sent.entries.map(([name, value]): [string, string | Blob] => [
      name,
      typeof value === 'string' ? value : fileOf(value),
    ])
    return { body: formOf(entries) }
  }
  return outgoingChunks(sent)
}

function outgoingChunks({ next, close }: SentChunks): OutgoingBody {
  let refusal: AsyncInSyncError | undefined
  let finish: (value: undefined) => void = () => {}
  const done = new Promise<undefined>((resolve) => {
    finish = resolve
  })
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    async next() {
      try {
        const value = await next()
        if (value !== undefined) return { done: false, value }
        finish(undefined)
        return { done: true, value: undefined }
      } catch (error) {
        finish(undefined)
        if (error instanceof AsyncInSyncError) refusal = error
        throw error
      }
    },
    async return() {
      finish(undefined)
      await close()
      return { done: true, value: undefined }
    },
  }
  return { body: { [Symbol.asyncIterator]: () => iterator }, done, refusal: () => refusal }
}

export function blobOf(sent: SentBlob): Blob {
  return 'blob' in sent ? sent.blob : new Blob([sent.bytes], { type: sent.type })
}

function fileOf({ content, name, lastModified }: SentFile): File {
  const blob = blobOf(content)
  return new File([blob], name, { type: blob.type, lastModified })
}
