/** Submits a call, tells its id, and waits to be killed. */
import { bullmq } from '@ambisync/bullmq'
import { startLoop } from '@ambisync/core'

const [, , connection = '', file = ''] = process.argv
const loop = startLoop({ adapter: bullmq({ connection }) })
const future = loop.load('tasks').linger?.submit(file, 300)
loop.ref()
process.send?.({ id: future?.id })
