/** Renders pages for builds on this and other machines, until it is told to end. */
import { serve } from '@ambisync/bullmq'
import { workerThreads } from '@ambisync/worker-threads'

let pages = 0
const server = await serve({
  modules: { render: new URL('./render.js', import.meta.url) },
  adapter: workerThreads(),
  connection: process.env.REDIS_URL,
  queue: 'pages',
  // A page takes milliseconds: who holds one and has said nothing for two seconds is gone.
  stalledInterval: 2_000,
  onEvent({ event }) {
    if (event === 'completed' && ++pages % 100 === 0) console.log(`${pages} pages`)
    if (event === 'stalled') console.log('a server is gone, its page is rendered again')
  },
})
console.log('ready')

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await server.close()
    console.log(`${pages} pages in all`)
  })
}
