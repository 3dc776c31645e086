import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Measured {
  readonly stdout: string
  /** Milliseconds from its start to its end. */
  readonly wall: number
  /** Milliseconds of processor time of all its threads: what other programs do meanwhile changes it little. */
  readonly processor: number
}

/** Loaded before the program: writes what the process has used when it ends. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs'
  import { isMainThread } from 'node:worker_threads'
  if (isMainThread) process.on('exit', () => {
    const { user, system } = process.cpuUsage()
    writeFileSync(process.env.METER, String((user + system) / 1000))
  })
`)}`

/** Runs a program of Node.js to its end, with what it costs. */
export function measure(args: readonly string[], cwd: string, exitCodes: readonly number[]): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-meter-'))
  try {
    const METER = join(folder, 'processor')
    const options = {
      cwd,
      env: { ...process.env, METER },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: 590_000,
    } as const
    const began = performance.now()
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', meter, ...args], options)
    const wall = performance.now() - began
    if (status === null || !exitCodes.includes(status)) {
      throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`)
    }
    return { stdout, wall, processor: Number(readFileSync(METER, 'utf8')) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
