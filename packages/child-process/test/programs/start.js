import { childProcess } from '@ambisync/child-process'
import { startLoop } from '@ambisync/core'

export function start(options, loopOptions) {
  const loop = startLoop({ adapter: childProcess(options), ...loopOptions })
  return { loop, tasks: loop.load(new URL('./tasks.js', import.meta.url)) }
}

export const print = (value) => console.log(JSON.stringify(value))

/** What a failure says. */
export const describe = ({ name, code, message, exitCode, signal, cause }) => ({
  name,
  code,
  message,
  exitCode,
  signal,
  cause: cause?.message,
})
