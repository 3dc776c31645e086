import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Probe, type ProbeOutcome, tryProbe } from './probe.ts'

const script = fileURLToPath(new URL('./probe-process.js', import.meta.url))

/** What came of a probe, and how long it took: the start of its process included. */
export type TimedOutcome = ProbeOutcome & { readonly milliseconds: number }

/**
 * Tries something in a process of its own, which is killed when it has not answered in `patience` milliseconds. Where no
 * process can be started, what ends by itself is tried here.
 */
export async function runProbe(probe: Probe, patience: number): Promise<TimedOutcome> {
  const begin = performance.now()
  const outcome = (await inProcess(probe, patience)) ?? (await here(probe))
  return { ...outcome, milliseconds: Math.round(performance.now() - begin) }
}

async function here(probe: Probe): Promise<ProbeOutcome> {
  if (probe.endsByItself) return tryProbe(probe)
  return { status: 'fails', detail: 'it was not tried: that takes a process of its own, and none can be started' }
}

/** Undefined where no process can be started. */
function inProcess(probe: Probe, patience: number): Promise<ProbeOutcome | undefined> {
  return new Promise((resolve) => {
    let child: ReturnType<typeof fork>
    let answer: ProbeOutcome | undefined
    let lastWords = ''
    try {
      child = fork(script, [probe.name], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    } catch {
      resolve(undefined)
      return
    }
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, patience)
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-4_096)
    })
    child.on('message', (message) => {
      answer = message as ProbeOutcome
    })
    child.on('error', () => {
      clearTimeout(timer)
      resolve(undefined)
    })
    // Not `exit`: its messages may come after that.
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const words = lastWords.split('\n').find((line) => /error/i.test(line)) ?? ''
      const end = isLate ? `it hung: no answer in ${patience} ms` : `it ended by ${signal ?? `exit code ${code}`}`
      resolve(answer ?? { status: 'fails', detail: words === '' ? end : `${end}: ${words.trim()}` })
    })
  })
}
