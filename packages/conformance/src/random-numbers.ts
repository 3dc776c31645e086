/** A source of pseudo-random whole numbers below a limit. The same with every run, so that a failure can be run again. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    // The low bits of such a sequence repeat soon.
    return (state >>> 16) % below
  }
}
