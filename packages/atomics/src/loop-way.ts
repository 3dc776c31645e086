import {
  type Envelope,
  type HostLink,
  SerializationError,
  WakeListener,
  type WakeWord,
  wakeUp,
} from '@ambisync/core/adapter'
import { adapterName } from './adapter-name.ts'
import type { StructuredCloneCodec } from './clone.ts'
import { answerUnreadable, FrameReader, FrameWriter, UnreadableFrame } from './frames.ts'
import type { Rings } from './loop-thread.ts'
import { RingReader } from './ring-reader.ts'
import { RingWriter } from './ring-writer.ts'

type Way = Required<Pick<HostLink, 'adapter' | 'wake' | 'peer' | 'post' | 'poll' | 'onReady' | 'rest'>>

/** The loop's end of the rings. */
export interface LoopWay {
  readonly way: Way
  /** What has been sent is to arrive although this thread is about to end: waits for the caller to make room. */
  drain(): void
}

/** @param callerWake the wake word of the caller's thread */
export function loopWay({ calls, answers, wake }: Rings, callerWake: WakeWord, clone: StructuredCloneCodec): LoopWay {
  const tellCaller = (): void => wakeUp(callerWake)
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

  function drain(): void {
    for (;;) {
      const seen = Atomics.load(wake, 0)
      ring.flush()
      if (!ring.isFull) return
      // Partner: the reader at the other end, which has read and saw WANTED.
      Atomics.wait(wake, 0, seen)
    }
  }

  let wakeListener: WakeListener | undefined
  const onReady = (listener: () => void): void => {
    wakeListener = new WakeListener(wake, listener)
  }
  const rest = (seen: number): void => wakeListener?.listen(seen)
  return { way: { adapter: adapterName, wake, peer: callerWake, post, poll, onReady, rest }, drain }
}
