/** One way of doing the same job: gives the results in the order of the items. */
export interface Way<R> {
  readonly name: string
  run(onItem: () => void): Promise<R[]> | R[]
}

export interface Timed<R> {
  readonly name: string
  readonly ms: number
  readonly results: readonly R[]
}
