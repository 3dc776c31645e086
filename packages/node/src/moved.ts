import type { MessagePort } from 'node:worker_threads'

/** What can move with a message of a relay. By name: what `@types/node` has for it differs by version. */
export type Moved = ArrayBuffer | MessagePort
