/**
 * What crosses a channel. Both ends are core's (`client.ts` and `host.ts`); adapters only carry it.
 *
 * Every envelope is plain data that structured clone can copy. Ids are counted by the caller, never reused within
 * a generation, so a reply that nobody waits for any more is dropped and can never reach another call.
 */
export type Envelope = Load | Call | Stop | Ready | Return | Throw

/** Caller to loop: `module` stands for this specifier from now on. Sent once before the first call to it. */
export interface Load {
  readonly kind: 'load'
  readonly module: number
  readonly specifier: string
  readonly cwd: string | undefined
}

/** Caller to loop: run an export of a module. */
export interface Call {
  readonly kind: 'call'
  readonly id: number
  readonly module: number
  readonly name: string
  readonly args: readonly unknown[]
}

/** Caller to loop: every call is settled and no more will come; end. */
export interface Stop {
  readonly kind: 'stop'
}

/** Loop to caller: the first envelope; the loop runs. An exit before it is a failure to start. */
export interface Ready {
  readonly kind: 'ready'
}

/** Loop to caller: the call returned. */
export interface Return {
  readonly kind: 'return'
  readonly id: number
  readonly value: unknown
}

/** Loop to caller: the call threw. */
export interface Throw {
  readonly kind: 'throw'
  readonly id: number
  readonly thrown: EncodedThrown
}

/**
 * A thrown value, whatever it is. Errors stand in a flat list and refer to one another by position, so that
 * cycles and long chains of causes need no recursion.
 */
export interface EncodedThrown {
  readonly errors: readonly EncodedError[]
  readonly root: EncodedField
}

/** One error: the nearest class that both ends know, and its own properties as they were. */
export interface EncodedError {
  readonly type: string
  readonly fields: readonly {
    readonly key: string
    readonly enumerable: boolean
    readonly field: EncodedField
  }[]
}

/** A property's value: an error of the list, an array that holds some, or anything else as itself. */
export type EncodedField =
  | { readonly kind: 'error'; readonly index: number }
  | { readonly kind: 'list'; readonly items: readonly EncodedField[] }
  | { readonly kind: 'value'; readonly value: unknown }
