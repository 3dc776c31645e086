import { parentPort } from 'node:worker_threads'
import { type Envelope, SerializationError, serve, wakeUp } from '@ambisync/core/adapter'
import { nodeHost, startHost } from '@ambisync/node/host'
import { adapterName } from './adapter-name.ts'
import type { AtomicsStart } from './channel.ts'
import { WakeListener } from './event-loop.ts'
import { answerUnreadable, FrameReader, FrameWriter, UnreadableFrame } from './frames.ts'
import { NodeClone } from './node-clone.ts'
import { RingReader } from './ring-reader.ts'
import { RingWriter } from './ring-writer.ts'

startHost<AtomicsStart>(({ calls, answers, wake, shared }, callerWake) => {
  const tellCaller = (): void => wakeUp(callerWake)
  const clone = new NodeClone(shared)
  const ring = new RingWriter(answers, tellCaller)
  const writer = new FrameWriter(ring, clone)
  const reader = new FrameReader(new RingReader(calls, tellCaller), clone)

  function post(envelope: Envelope): void {
    writer.write(envelope)
  }

  function poll(): Envelope | undefined {
    if (ring.isFull) ring.flush()
    for (;;) {
      try {
        return reader.read()
      } catch (error) {
        if (!(error instanceof UnreadableFrame)) throw error
        // Whose call it was is not known, so nobody could be answered: the loop ends, and everyone is told.
        if (error.id === 0) {
          const { cause } = error
          throw new SerializationError('what the caller has sent could not be read', { adapter: adapterName, cause })
        }
        post(answerUnreadable(error, 'the call'))
      }
    }
  }

  /** What has been sent is to arrive although this thread is about to end: waits for the caller to make room. */
  function drain(): void {
    for (;;) {
      const seen = Atomics.load(wake, 0)
      ring.flush()
      if (!ring.isFull) return
      // Partner: the reader at the other end, which has read and saw WANTED.
      Atomics.wait(wake, 0, seen)
    }
  }

  // Waiting for the wake word does not keep a thread alive. A port that is listened to does.
  parentPort?.on('message', () => {})
  let wakeListener: WakeListener | undefined
  const loop = serve({
    ...nodeHost,
    adapter: adapterName,
    wake,
    peer: callerWake,
    post,
    poll,
    onReady(listener) {
      wakeListener = new WakeListener(wake, listener)
    },
    rest: (seen) => wakeListener?.listen(seen),
  })
  return { ...loop, lastly: drain }
})
