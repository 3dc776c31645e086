/** What a call gave or threw, as data. */
export function outcome(call) {
  try {
    return call()
  } catch (error) {
    return describe(error)
  }
}

export async function outcomeAsync(call) {
  try {
    return await call()
  } catch (error) {
    return describe(error)
  }
}

export function describe(error) {
  if (!(error instanceof Error)) return { thrown: error }
  const { name, message, code, cause } = error
  return {
    class: Object.getPrototypeOf(error).constructor.name,
    name,
    message,
    ...(code !== undefined && { code }),
    ...(cause !== undefined && { cause: describe(cause) }),
  }
}
