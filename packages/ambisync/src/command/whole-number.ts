import { InvalidArgumentError } from 'commander'

/** An option's value as a whole number from 1 up. */
export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It has to be a whole number, 1 or more.')
}
