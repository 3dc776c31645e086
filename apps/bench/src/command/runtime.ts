import { execFileSync } from 'node:child_process'
import { runtimes } from '@ambisync-apps/runtimes'

export interface Runtime {
  /** With its version. */
  readonly name: string
  readonly executable: string
  readonly args: readonly string[]
}

/** Those of `apps/runtimes` by name, besides the one that runs this. */
export const runtimeNames: readonly string[] = Object.keys(runtimes)

/** The one that runs this. */
export const ownRuntime: Runtime = { name: `Node.js ${process.version}`, executable: process.execPath, args: [] }

/** Undefined if there is none of that name for this machine. */
export function findRuntime(name: string): Runtime | undefined {
  const executable = (runtimes as Readonly<Record<string, string | undefined>>)[name]
  if (executable === undefined) return undefined
  const args = name === 'deno' ? ['run', '--allow-all'] : []
  const version = execFileSync(executable, ['--version'], { encoding: 'utf8' }).split('\n')[0]?.trim() ?? ''
  if (name.startsWith('node')) return { name: `Node.js ${version}`, executable, args }
  return { name: name === 'bun' ? `Bun ${version}` : version, executable, args }
}
