import type { MessagePort, TransferListItem } from 'node:worker_threads'
import type { Envelope, TransferList } from '@ambisync/core/adapter'
import { toMessage } from '@ambisync/node/wire'

/** `transfer` is not declared there: what a task asks to have moved is copied. */
const onlyCopies: boolean = process.versions.deno !== undefined

export function postTo(port: MessagePort, envelope: Envelope, transfer?: TransferList): void {
  const message = toMessage(envelope)
  if (transfer === undefined || onlyCopies) port.postMessage(message)
  // The type lists what Node transferred when it was written; Node itself refuses what it does not.
  else port.postMessage(message, transfer as readonly TransferListItem[])
}
