import { InvalidArgumentError } from 'commander'

/** The longest that a timer takes is a little more. */
const most = 2_000_000_000

/** An option's value as a whole number from 1 up. */
export const wholeNumber: (text: string) => number = wholeNumberFrom(1)

/** The same from another number up. */
export function wholeNumberFrom(least: number): (text: string) => number {
  return (text) => {
    if (/^(0|[1-9]\d*)$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text)
    throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`)
  }
}
