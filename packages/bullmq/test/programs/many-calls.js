/**
 * Makes calls, blocks for all of them, and prints what came of it. Its arguments: the options of `bullmq` as JSON, how many
 * calls, and the file in which each leaves its id. Every tenth id is asked for a second time, on another loop.
 */
import { bullmq } from '@ambisync/bullmq'
import { gather, startLoop } from '@ambisync/core'

const [, , options = '{}', count = '0', file = ''] = process.argv
const loops = [1, 2].map(() => startLoop({ adapter: bullmq(JSON.parse(options)) }))
const [first, second] = loops.map((loop) => loop.load('tasks'))

const ids = Array.from({ length: Number(count) }, (_, index) => `call-${index}`)
const calls = ids.map((id) => first?.leave?.with({ id }).submit(file, id))
const again = ids.filter((_, index) => index % 10 === 0)
const repeated = again.map((id) => second?.leave?.with({ id }).submit(file, id))
process.send?.('made')

const results = gather([...calls, ...repeated]).result()
const wrong = [...ids, ...again].filter((id, index) => results[index] !== id)
process.send?.({ settled: results.length, wrong })
for (const loop of loops) loop.stopSync()
process.disconnect?.()
