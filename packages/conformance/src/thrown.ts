/** What `run` throws. That it does not is an error here. */
export function thrown(run: () => unknown): unknown {
  let value: unknown
  try {
    value = run()
  } catch (error) {
    return error
  }
  throw new Error(`it should have thrown, and returned ${String(value)}`)
}

/** What `promise` is rejected with. That it is fulfilled is an error here. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  let value: unknown
  try {
    value = await promise
  } catch (error) {
    return error
  }
  throw new Error(`it should have been rejected, and was fulfilled with ${String(value)}`)
}
