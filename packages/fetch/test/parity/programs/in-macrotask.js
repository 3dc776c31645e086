/**
 * What a function returns or throws when the event loop calls it: a blocking call that turns this very event loop cannot be
 * made from within a promise job. A promise is returned as it is.
 */
export async function inMacrotask(work) {
  const outcome = await new Promise((resolve) => {
    setImmediate(() => {
      try {
        resolve({ value: work() })
      } catch (error) {
        resolve({ error })
      }
    })
  })
  if ('error' in outcome) throw outcome.error
  return outcome
}
