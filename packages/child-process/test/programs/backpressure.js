// A process that is busy while much is sent to it: what does not fit has to wait with the caller, and all of it arrives.

import { childProcess } from '@ambisync/child-process'
import { startLoop } from '@ambisync/core'
import { print } from './start.js'

let refused = 0
let sentBytes = 0
const adapter = childProcess()
const open = (options) => {
  const channel = adapter.open(options)
  const post = channel.post.bind(channel)
  channel.post = (envelope) => {
    const taken = post(envelope)
    if (!taken) refused++
    else if (envelope.kind === 'call') sentBytes += envelope.args[0]?.length ?? 0
    return taken
  }
  return channel
}
const loop = startLoop({ adapter: { ...adapter, open } })
const tasks = loop.load(new URL('./tasks.js', import.meta.url))
tasks.echo.sync(0)
const size = 2 ** 20
let wrong = 0
const send = () => Array.from({ length: 64 }, () => tasks.length.submit(new Uint8Array(size)))
const busy = tasks.busy.submit(300)
const sent = send()
const sentWhileBusy = sentBytes
busy.result()
for (const future of sent) if (future.result() !== size) wrong++
const again = tasks.busy.async(300)
const awaited = send()
await again
for (const length of await Promise.all(awaited)) if (length !== size) wrong++
print({
  wrong,
  refused: refused > 0,
  sentWhileBusy: sentWhileBusy / size,
  largest: tasks.length.sync(new Uint8Array(64 * size)),
})
