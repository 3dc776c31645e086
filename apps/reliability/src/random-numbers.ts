/** Pseudo-random whole numbers below a limit, the same for the same seed, so that a run can be repeated. */
export type Random = (below: number) => number

/** @see mulberry32, a generator with 32 bits of state in the public domain */
export function randomNumbers(seed: number): Random {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) % below
  }
}
