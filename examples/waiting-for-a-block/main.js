/**
 * A synchronous program, without one `await`, that sends a block of requests together and waits for all of them.
 * Five requests of 100 ms each: the block takes little more than one of them.
 */
import { gather, startLoop } from '@ambisync/core'
import { workerThreads } from '@ambisync/worker-threads'

const loop = startLoop({ adapter: workerThreads() })
const weather = loop.load(new URL('./weather.js', import.meta.url))

const port = weather.startService.sync()

const block = gather(['Lisbon', 'Oslo', 'Nairobi', 'Quito', 'Perth'].map((city) => weather.ask.submit(port, city)))
console.log('five requests are under way')
for (const { city, degrees } of block.result()) console.log(`${city}: ${degrees} degrees`)

loop.stopSync()
