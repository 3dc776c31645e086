import { InvalidArgumentError } from 'commander'

/** The longest that a timer takes is a little more. */
const most = 2_000_000_000

/** An option's value as a whole number from 1 up. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text) && Number(text) <= most) return Number(text)
  throw new InvalidArgumentError(`It has to be a whole number from 1 to ${most}.`)
}
