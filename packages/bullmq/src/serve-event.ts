/** What a server tells of, in the order in which it happens. `call` is the id of a call. */
export type ServeEvent =
  | { readonly event: 'started'; readonly modules: readonly string[]; readonly concurrency: number }
  | (CallEvent & { readonly event: 'completed' })
  /** `retried`: it will be tried again, after its `backoff`. */
  | (CallEvent & { readonly event: 'failed'; readonly error: string; readonly retried: boolean })
  | (CallEvent & { readonly event: 'cancelled' })
  /** A server has lost its hold of a call, as a rule because it has died: it runs again. */
  | { readonly event: 'stalled'; readonly call: string }
  | { readonly event: 'disconnected' }
  | { readonly event: 'connected' }
  | { readonly event: 'error'; readonly error: string }
  /** It takes no more calls, and waits for those that run. */
  | { readonly event: 'draining'; readonly running: number }
  /** `abandoned`: how many it has left to others. */
  | { readonly event: 'stopped'; readonly abandoned: number }

interface CallEvent {
  readonly call: string
  /** `module.export`. */
  readonly name: string
  /** 1 for the first. */
  readonly attempt: number
  /** Milliseconds that it ran. */
  readonly duration: number
}
