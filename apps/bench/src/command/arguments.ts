/** What is given for options, checked. */
import { closeSync, openSync } from 'node:fs'
import { InvalidArgumentError } from 'commander'

export function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a whole number, at least 1.')
  return number
}

/** Known before an hour of measuring, not after it. */
export function writableFile(file: string): string {
  try {
    closeSync(openSync(file, 'a'))
    return file
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}
