/** Whose turn it is, one after another: each has as many, and each turn begins with another one. */
export function* inTurns<T>(contestants: readonly T[], turns: number): Generator<T, void> {
  for (let turn = 0; turn < turns; turn++) {
    const first = turn % contestants.length
    yield* contestants.slice(first)
    yield* contestants.slice(0, first)
  }
}
