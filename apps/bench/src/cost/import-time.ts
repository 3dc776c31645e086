/** What importing core and an adapter takes, in a fresh process. In milliseconds. */
import { readArguments, report } from './figures.ts'

const { contestant } = readArguments()
const start = performance.now()
await import('@ambisync/core')
await import(`@ambisync/${contestant}`)
report({ import: { time: performance.now() - start } })
