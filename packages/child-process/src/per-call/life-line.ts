import { createReadStream } from 'node:fs'
import { Socket } from 'node:net'
import { workerData } from 'node:worker_threads'
import { type LifeLineData, pipeDescriptor } from './descriptors.ts'

/*
 * A thread of a call's process that watches the pipe from its caller, so that the process ends with that even where its
 * own thread is stuck in code that never yields.
 */
const { isEnding } = workerData as LifeLineData

/** What a process that has its outcome may still take for its exit handlers, once nobody is there any more. In milliseconds. */
const lastGrace = 1_000

const end = (): unknown => process.kill(process.pid, 'SIGKILL')

// A socket of Bun's does not notice the end of a pipe that it was given; a read of Node's would not let the process end.
const pipe =
  process.versions.bun === undefined ? new Socket({ fd: pipeDescriptor }) : createReadStream('', { fd: pipeDescriptor })

pipe
  .on('close', () => {
    // Written by the process before it ends by itself.
    if (Atomics.load(isEnding, 0) === 0) end()
    else setTimeout(end, lastGrace)
  })
  .on('error', () => {})
  .resume()
