/**
 * A program that is interrupted while it waits for a call: `node interrupted.js <configuration> <interruption>
 * <sync|async> <folder>`. Prints what happens, in order.
 */
import { writeSync } from 'node:fs'
import { startLoop, TimeoutError } from '@ambisync/core'
import { configurationNamed } from '../configurations.ts'
import { cancelled, handlerRan, interruptions, waitEnded } from '../matrix/interruptions.ts'
import { seenError } from '../matrix/seen.ts'

/** How long the event loop goes without a turn, in milliseconds. */
const shortWait = 50

const [configuration = '', name, mode, folder = ''] = process.argv.slice(2)
const interruption = interruptions.find((one) => one.name === name)
if (interruption === undefined) throw new RangeError(`there is no interruption "${name}"`)
const { preparation } = interruption

let interrupted = false

function tell(event: string): void {
  writeSync(1, `${event}\n`)
}

function tellEnd(error?: unknown): void {
  if (error === undefined) tell(waitEnded)
  else tell(`${waitEnded} by ${seenError(error).class}`)
}

function start(): void {
  const loop = startLoop({ adapter: configurationNamed(configuration).create() })
  const url = new URL('../tasks/waiting.js', import.meta.url)
  const { waitForGo } = loop.load<typeof import('../tasks/waiting.js')>(url)
  if (preparation === 'remedy') {
    waitInTurns(waitForGo.submit(folder))
  } else if (mode === 'sync') {
    try {
      waitForGo.sync(folder)
      tellEnd()
    } catch (error) {
      tellEnd(error)
    }
  } else {
    waitForGo.async(folder).then(() => tellEnd(), tellEnd)
  }
}

/** Blocks for a while, gives the event loop a turn, and so on: a handler runs in between. */
function waitInTurns(future: { result(options: { timeout: number }): void; cancel(reason: string): boolean }): void {
  if (interrupted) {
    future.cancel('interrupted')
    tell(cancelled)
    return
  }
  try {
    future.result({ timeout: shortWait })
    tellEnd()
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    setTimeout(waitInTurns, 0, future)
  }
}

if (preparation !== 'none') {
  // Listening for a signal does not keep a process alive, and this one must not end before it was told.
  const alive = setInterval(() => {}, 2 ** 30)
  process.on('SIGINT', () => {
    interrupted = true
    tell(handlerRan)
    clearInterval(alive)
  })
}
// From a timer: an adapter may block by turning this thread's event loop, which takes a macrotask that can be left open.
setTimeout(start, 0)
