import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'

export const add = (a, b) => a + b
export const echo = (value) => value
export const never = () => new Promise(() => {})
export const filled = (length, byte) => new Uint8Array(length).fill(byte)
export const sumOf = (bytes) => bytes.reduce((sum, byte) => sum + byte, 0)

export function later(ms, value) {
  return new Promise((resolve) => setTimeout(resolve, ms, value))
}

export function spin() {
  for (;;);
}

/** Tells who runs it, on the standard output, and never gives its thread back. */
export function tellAndSpin() {
  writeSync(1, `${process.pid}\n`)
  spin()
}

export function tellAndSleep() {
  writeSync(1, `${process.pid}\n`)
  return new Promise(() => {})
}

export function environment() {
  return {
    cwd: process.cwd(),
    env: { ...process.env },
    argv: process.argv,
    execArgv: process.execArgv,
    execPath: process.execPath,
    uid: process.getuid?.(),
    gid: process.getgid?.(),
    heapLimit: getHeapStatistics().heap_size_limit,
  }
}

/** What anybody on the machine can see of this process, but for its title, which is the name of the loop. */
export function visibleToAll(secret) {
  const file = (path) => (process.platform === 'linux' ? readFileSync(path, 'latin1') : '')
  const seen = [
    file('/proc/self/cmdline'),
    file('/proc/self/environ'),
    file('/proc/self/comm'),
    process.title,
    JSON.stringify([process.argv, process.argv0, process.execArgv, process.env]),
  ]
  return { saw: secret, visible: seen.filter((text) => text.includes(secret)) }
}

/** Node has made the descriptor non-blocking, if it is a pipe. */
function writeAll(descriptor, text) {
  try {
    writeSync(descriptor, text)
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error
    writeAll(descriptor, text)
  }
}

/** Prints in every way there is, and returns something of the same look. */
export function printEverything(lines) {
  for (let line = 0; line < lines; line++) {
    console.log(`log ${line}`)
    process.stdout.write(`write ${line}\n`)
    writeAll(1, `descriptor ${line}\n`)
    console.error(`error ${line}`)
  }
  return { printed: 'log 0' }
}

/** Leaves a process behind that has its standard output, and dies of a signal. */
export function leaveBehindAndDie() {
  const left = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'inherit', detached: true })
  left.unref()
  writeSync(1, `${left.pid}\n`)
  process.kill(process.pid, 'SIGKILL')
  return never()
}

export function die(how) {
  if (how === 'SIGSEGV') process.kill(process.pid, 'SIGSEGV')
  else process.exit(how)
  return never()
}

export function dieOfKill(ms) {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), ms)
  return never()
}
