// Functions as people write them, to be run through transpilers that keep names by a helper.

export const arrow = async (values: number[]): Promise<number> => {
  const square = (value: number) => value * value
  function sum(a: number, b: number): number {
    return a + b
  }
  class Total {
    total = 0
    add = (value: number): void => {
      this.total = sum(this.total, value)
    }
  }
  const total = new Total()
  for (const value of values) total.add(square(value))
  return total.total
}

export function declared(value: string): string {
  const named = { inner: () => value.toUpperCase() }
  return `${named.inner()} by ${named.inner.name}`
}
