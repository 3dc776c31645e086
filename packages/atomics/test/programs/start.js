import { atomics } from '@ambisync/atomics'
import { startLoop } from '@ambisync/core'

export function start(options) {
  const loop = startLoop({ adapter: atomics(options) })
  return { loop, tasks: loop.load(new URL('./tasks.js', import.meta.url)) }
}

export const print = (value) => console.log(JSON.stringify(value))
