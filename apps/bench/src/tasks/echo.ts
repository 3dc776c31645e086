export async function echo(value: number): Promise<number> {
  return value
}
