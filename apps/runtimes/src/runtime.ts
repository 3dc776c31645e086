import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { CaseRuntime } from '@ambisync/conformance/node-runner'
import { nodeVersions, runtimes } from '@ambisync-apps/runtimes'
import type { AdapterChoice } from './create.ts'
import type { Probe } from './probe.ts'

/** A watchdog's limit in milliseconds. */
const probeLimit = 60_000

export interface Runtime extends CaseRuntime {
  /** As in `known-failures.ts`, in the data, and on the command line. */
  readonly name: string
  readonly execArgv: readonly string[]
}

const executables: Readonly<Record<string, string>> = { ...nodeVersions, ...runtimes }

/** All that there are on this machine, the one that this is first. */
export const allRuntimes: readonly Runtime[] = Object.entries(executables).map(([name, execPath]) => ({
  name,
  execPath,
  execArgv: name === 'deno' ? ['run', '--allow-all', '--no-prompt'] : [],
}))

/** Such as `Deno 2.9.6`. */
export async function describeRuntime({ name, execPath }: Runtime): Promise<string> {
  const { stdout } = await promisify(execFile)(execPath, ['--version'])
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? ''
  return `${name.startsWith('node') ? 'Node.js' : name === 'bun' ? 'Bun' : 'Deno'} ${version}`
}

/** What an adapter says of itself there. */
export async function probe({ execPath, execArgv }: Runtime, choice: AdapterChoice): Promise<Probe> {
  const script = fileURLToPath(new URL('../dist/probe.js', import.meta.url))
  const { stdout } = await promisify(execFile)(execPath, [...execArgv, script, JSON.stringify(choice)], {
    timeout: probeLimit,
    killSignal: 'SIGKILL',
  })
  return JSON.parse(stdout)
}
