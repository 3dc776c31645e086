/**
 * The script of a relay's thread: imports the module that knows the way to the loop, and carries messages between it and
 * the caller.
 */
import { postThrown, type WakeWord, wakeUp } from '@ambisync/core/adapter'
import { enterThread } from './enter-thread.ts'
import type { Connect, RelayEnd, RelayExit } from './relay-end.ts'
import { release, weightOf } from './relay-flow.ts'
import { KILL, type Question, type RelayedExit, type RelayStart, ROOM } from './relay-start.ts'
import { writeOutputDirectly } from './task-output.ts'

enterThread(({ start, vitals }) => {
  writeOutputDirectly()
  void run(start as RelayStart, vitals.wake)
  return undefined
})

async function run({ module, start, data, control, ended, flow, limit }: RelayStart, wake: WakeWord): Promise<void> {
  const post = ({ code, signal }: RelayExit, thrown: RelayedExit['thrown']): void => {
    const exit: RelayedExit = { code, signal, thrown }
    control.postMessage(exit)
  }
  const finish = (exit: RelayExit): void => {
    const { cause } = exit
    if (cause === undefined) post(exit, undefined)
    else if ('encoded' in cause) post(exit, cause.encoded)
    else postThrown(cause.thrown, (encoded) => post(exit, encoded))
    // After the messages and the exit, which the caller takes in once it sees the flag, and before it is woken.
    Atomics.store(ended, 0, 1)
    wakeUp(wake)
    process.exit()
  }

  const connecting = connectBy(module, start)
  let end: RelayEnd | undefined
  let killed = false
  control.on('message', (message: typeof KILL | Question) => {
    if (message === KILL) {
      killed = true
      end?.kill()
    } else {
      void answer(message, connecting)
    }
  })
  try {
    end = await connecting
  } catch (thrown) {
    finish({ cause: { thrown } })
    return
  }
  const connected = end
  let isWaking = false
  connected.onMessage((message, transfer) => {
    if (transfer === undefined) data.postMessage(message)
    else data.postMessage(message, transfer)
    if (isWaking) return
    isWaking = true
    // After the messages: the caller looks at the port when the word has changed. What comes together wakes it once, because
    // each time it would take the core from this thread, for one message.
    queueMicrotask(() => {
      isWaking = false
      wakeUp(wake)
    })
  })
  connected.onExit(finish)

  const out = (weight: number): void => {
    if (!release(flow, weight, limit)) return
    // The event loop is told by the message, a blocked caller by the word.
    control.postMessage(ROOM)
    wakeUp(wake)
  }
  data.on('message', (message: unknown) => {
    const weight = weightOf(message)
    const sent = connected.send(message)
    if (sent === undefined) out(weight)
    else void sent.then(() => out(weight))
  })
  if (killed) connected.kill()
}

async function connectBy(module: string, start: unknown): Promise<RelayEnd> {
  const { connect } = (await import(/* webpackIgnore: true */ module)) as { connect: Connect }
  return await connect(start)
}

/** What keeps it from connecting is told as the end of the loop, and not here. */
async function answer({ answer: port, answered }: Question, connecting: Promise<RelayEnd>): Promise<void> {
  const end = await connecting.catch(() => undefined)
  const clauses = (await end?.explain?.().catch((error: Error) => [error.message])) ?? []
  port.postMessage(clauses)
  port.close()
  // After the answer: who is woken takes it from the port.
  Atomics.store(answered, 0, 1)
  Atomics.notify(answered, 0)
}
