// Runs the table one way and prints what came of each case as a line of JSON, so that the last line tells which one hangs.
// Arguments: the way, the servers' origins as JSON, the number of the case to begin with.
import { cases } from '../cases/index.js'
import { inMacrotask } from './in-macrotask.js'
import { recordError } from './record-error.js'
import { outcomeOf, recordHead, recordReads } from './record-response.js'
import { setOrigins } from './record-value.js'
import { ways } from './ways.js'

const [, , name, originsText, from = '0', only] = process.argv
const origins = JSON.parse(originsText)
const way = ways[name]
setOrigins(origins)

const started = new Map()

async function start(options) {
  const key = JSON.stringify(options)
  if (!started.has(key)) started.set(key, await way.start(options))
  return started.get(key)
}

function given(value, context) {
  return typeof value === 'function' ? value(context) : value
}

async function once(one, { input, init, fetch }) {
  let answer
  try {
    // `init` is left out where a case has none.
    const called = await inMacrotask(() => (init === undefined ? fetch(input) : fetch(input, init)))
    answer = called.value
  } catch (error) {
    return { formIsRight: way.blocks === true, error: recordError(error) }
  }
  const formIsRight = (typeof answer?.then === 'function') !== (way.blocks === true)
  let response
  try {
    response = await answer
  } catch (error) {
    return { formIsRight, error: recordError(error) }
  }
  const head = recordHead(response)
  return {
    formIsRight,
    head,
    reads: await recordReads(response, one.reads ?? ['bytes'], way.readsBlock === true),
  }
}

async function run(one, number) {
  const at = (server, path) => `${origins[server]}/${number}/${path}`
  const url = one.url ?? at(one.at ?? 'plain', one.path ?? 'ok')
  const context = { url, at, origins }
  const { fetch } = await start(given(one.options, context))
  const own = way.isReference && one.reference !== undefined ? { ...one, ...one.reference } : one
  const results = []
  for (let time = 0; time < (one.times ?? 1); time++) {
    const input = own.input === undefined ? url : own.input(context)
    results.push(await once(one, { input, init: given(own.init, context), fetch }))
  }
  return results
}

for (const [number, one] of cases.entries()) {
  if (number < Number(from) || (only !== undefined && one.name !== only)) continue
  const results = await run(one, number)
  process.stdout.write(
    `${JSON.stringify({ number, name: one.name, results, outcome: results.map(outcomeOf).join(' | ') })}\n`,
  )
}
for (const { end } of started.values()) await end()
