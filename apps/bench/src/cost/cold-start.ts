/** The first call, from nothing to its result, imports excluded. In milliseconds. */
import { importContestant } from './contestants.ts'
import { readArguments, report } from './figures.ts'

const { contestant } = readArguments()
const open = await importContestant(contestant)
setImmediate(() => {
  const start = performance.now()
  const result = open()('echo')(1)
  const time = performance.now() - start
  if (result !== 1) throw new Error(`answered ${String(result)} to 1`)
  report({ 'first call': { time } })
})
