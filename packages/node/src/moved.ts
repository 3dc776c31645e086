import type { MessagePort } from 'node:worker_threads'

/** What can move with a message. The name that `@types/node` has for it differs by version. */
export type Moved = NonNullable<Parameters<MessagePort['postMessage']>[1]>[number]
