/** A task module, for blocking calls by each strategy. */
export async function add(a: number, b: number): Promise<number> {
  return a + b
}
