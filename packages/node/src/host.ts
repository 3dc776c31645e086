/** The loop's side: what runs on its own thread, in a worker or as the main thread of a process. */
export { beforeTheEnd, type Fatal } from './last-words.ts'
export { listeningHidesMessages } from './runtime-limits.ts'
export { type HostStart, nodeHost, startHost, type WorkerLoop } from './start-host.ts'
export { relayOutput, writeOutputDirectly } from './task-output.ts'
