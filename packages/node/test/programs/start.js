import { startLoop } from '@ambisync/core'
import { relay } from '@ambisync/node'

export const capabilities = {
  runsOn: 'other machine',
  modules: 'name',
  survives: ['exit', 'throw', 'out of memory'],
  kill: true,
  resident: true,
}

/** A loop whose relay has `start`, and what became of each envelope that was to be posted. */
export function start(startOptions = {}, relayOptions = {}, loopOptions = {}) {
  const posts = []
  const open = (options) => {
    const channel = relay(new URL('./end.js', import.meta.url), {
      open: options,
      adapter: 'end',
      start: startOptions,
      ...relayOptions,
    })
    const post = channel.post.bind(channel)
    channel.post = (envelope) => {
      const taken = post(envelope)
      posts.push({ kind: envelope.kind, taken })
      return taken
    }
    return channel
  }
  const loop = startLoop({ adapter: { name: 'end', capabilities, open }, ...loopOptions })
  return { loop, posts, tasks: loop.load('tasks') }
}

export const describe = ({ name, message, code, exitCode, signal, cause }) => ({
  name,
  message,
  code,
  exitCode,
  signal,
  cause: cause?.message,
  causeCode: cause?.code,
})

export const print = (value) => console.log(JSON.stringify(value))
