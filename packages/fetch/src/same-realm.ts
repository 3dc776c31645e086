/*
 * Where the loop is the caller's own thread, the task module is in the caller's realm, and its exchanges outlive the loop:
 * what ends them is called as it is, because a loop that is stopping takes no calls.
 */

interface ExchangesHere {
  cancel(key: number): void
  closePool(id: number): void
  destroyPool(id: number): void
}

let here: ExchangesHere | undefined

/** Called by the task module, in whatever realm that is. */
export function provideExchanges(exchanges: ExchangesHere): void {
  here = exchanges
}

/** Undefined while there is no task module in this realm. */
export function exchangesHere(): ExchangesHere | undefined {
  return here
}
