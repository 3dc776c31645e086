/** What an error says, as data that crosses to the test. */
export interface Told {
  readonly name: string
  readonly code: unknown
  readonly message: string
}

/** What `run` throws, or rejects with; undefined if it does not. */
export async function told(run: () => unknown): Promise<Told | undefined> {
  try {
    await run()
    return undefined
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { name, message } = error
    return { name: error.constructor.name || name, code: Reflect.get(error, 'code'), message }
  }
}
