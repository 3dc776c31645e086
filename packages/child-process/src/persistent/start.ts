import type { OutputMode } from '@ambisync/core/adapter'
import type { ProcessStdio } from '../options.ts'

/** What the relay is given to start the process. */
export interface RelayStart {
  readonly execPath: string
  /** Node's options, without the script. */
  readonly execArgv: readonly string[]
  readonly cwd: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly uid: number | undefined
  readonly gid: number | undefined
  readonly stdio: readonly [ProcessStdio, ProcessStdio, ProcessStdio]
  readonly child: ChildStart
}

/** What the process is told, over its descriptor. JSON. */
export interface ChildStart {
  readonly name: string
  readonly output: OutputMode
  /** Version of the format in which V8 clones. Both ends have to have the same. */
  readonly cloneVersion: number
}
