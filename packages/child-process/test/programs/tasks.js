import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, writeSync } from 'node:fs'

export const echo = async (value) => value
export const later = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value))
export const never = () => new Promise(() => setTimeout(() => {}, 2 ** 30))
export const pid = () => process.pid
export const spin = () => {
  for (;;);
}
/** Tells its caller first. */
export const spinAfter = (started) => {
  started(process.pid)
  setTimeout(spin, 50)
  return never()
}
export const environment = async () => ({
  cwd: process.cwd(),
  argv: process.argv.slice(2),
  execArgv: process.execArgv,
  execPath: process.execPath,
  env: { ...process.env },
  uid: process.getuid(),
  gid: process.getgid(),
  title: process.title,
})
export const heapLimit = async () => (await import('node:v8')).getHeapStatistics().heap_size_limit / 2 ** 20

/** All that others can see of this process and its threads, as text. Linux. */
export const visible = (_secret) => {
  const read = (name) => readFileSync(`/proc/self/${name}`, 'latin1')
  return { cmdline: read('cmdline'), environ: read('environ') }
}

/** Sockets of this process that somebody could connect to, as lines of /proc/net. Linux. */
export const listening = (pid = process.pid) => {
  const inodes = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
    } catch {
      return []
    }
  })
  const lines = (name) => readFileSync(`/proc/${pid}/net/${name}`, 'utf8').split('\n').slice(1)
  // State 0A is TCP_LISTEN; the flag 00010000 of a Unix socket is __SO_ACCEPTCON.
  const tcp = ['tcp', 'tcp6'].flatMap(lines).filter((line) => / 0A /.test(line))
  const unix = lines('unix').filter((line) => /: \S+ \S+ 00010000 /.test(line))
  return [...tcp, ...unix].filter((line) => inodes.some((inode) => line.includes(` ${inode} `)))
}
export const sockets = () => readdirSync('/proc/self/fd').length

/** Straight to the descriptors, by itself and by a process of its own. */
export const writeDirectly = (text) => {
  writeSync(1, `${text}\n`)
  execFileSync('/bin/sh', ['-c', `echo ${text} of a process; echo to stderr >&2`], { stdio: 'inherit' })
  return text
}
/** A process that was started from here has none of the descriptors of the protocol. */
export const inheritedDescriptors = () => {
  const out = execFileSync('/bin/ls', ['-l', '/proc/self/fd'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  return out.split('\n').flatMap((line) => /(\d+) -> socket/.exec(line)?.[1] ?? [])
}
export const readInput = () => readFileSync(0, 'utf8')
export const printBoth = (text) => {
  console.log(text)
  console.error(`error ${text}`)
}
export const askThrough = async (f, times) => {
  let sum = 0
  for (let time = 0; time < times; time++) sum += time % 2 === 0 ? f.sync(time) : await f(time)
  return sum
}
/** Blocks for each of them. */
export const countBytes = (f, times) => {
  let count = 0
  for (let time = 0; time < times; time++) count += f.sync(time).length
  return count
}
export const exitHandlers = (path) => {
  process.on('exit', () => writeSync(1, `exit handler ${path}\n`))
}
export const busy = (ms) => {
  const end = performance.now() + ms
  while (performance.now() < end);
}
export const length = (bytes) => bytes.length
