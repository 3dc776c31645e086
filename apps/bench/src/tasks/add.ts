/** What is called over a queue where only the way there is to be measured. */
export async function add(a: number, b: number): Promise<number> {
  return a + b
}
