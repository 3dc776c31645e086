/** Makes calls, or cancels them, as the first thing that it does, and ends. */
import { bullmq } from '@ambisync/bullmq'
import { startLoop } from '@ambisync/core'

const [, , connection = '', file = '', how = ''] = process.argv
const tasks = startLoop({ adapter: bullmq({ connection }) }).load('tasks')
const futures = Array.from({ length: 20 }, (_, index) =>
  how === 'cancel' ? tasks.linger?.submit(file, 60_000) : tasks.leave?.submit(file, `${index}`),
)
if (how === 'cancel') for (const future of futures) future?.cancel()
process.send?.({ ids: futures.map((future) => future?.id) })
process.disconnect?.()
if (how === 'exit') process.exit()
