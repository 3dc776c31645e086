import { childProcess } from '@ambisync/child-process'
import { startLoop } from '@ambisync/core'

export function start(options, loopOptions) {
  const loop = startLoop({ adapter: childProcess({ ...options, persistent: false }), ...loopOptions })
  return { loop, tasks: loop.load(new URL('./tasks.js', import.meta.url)) }
}

export const print = (value) => console.log(JSON.stringify(value))

/** What a call throws, as data. */
export function failureOf(run) {
  try {
    return { returned: run() }
  } catch (error) {
    return picture(error)
  }
}

export function picture(error) {
  const { name, message, exitCode, signal, cause } = error
  return { name, message, exitCode, signal, ...(cause === undefined ? {} : { cause: String(cause) }) }
}
