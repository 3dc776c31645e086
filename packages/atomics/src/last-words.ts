/**
 * The id of the `throw` that says what a loop died of, where no other way than the ring is open to a blocked caller. Calls
 * count from 1.
 */
export const lastWordsId = 0
