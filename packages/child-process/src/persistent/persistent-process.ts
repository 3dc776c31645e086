import { fileURLToPath } from 'node:url'
import type { Adapter } from '@ambisync/core'
import type { OpenOptions } from '@ambisync/core/adapter'
import { relay, withinLimits } from '@ambisync/node'
import { adapterName } from '../adapter-name.ts'
import { inheritedExecArgv } from '../inherited-exec-argv.ts'
import type { ChildProcessOptions } from '../options.ts'
import { cloneVersion, decodeEnvelope, encodeEnvelope } from './codec.ts'
import type { RelayStart } from './start.ts'

/** What runs on the relay's thread, built as a file of its own. */
const relayEnd: URL = new URL('./persistent/relay-end.js', import.meta.url)

/** The adapter whose processes live on from call to call. */
export function persistentProcess(options: ChildProcessOptions): Adapter {
  return {
    name: adapterName,
    capabilities: withinLimits({
      runsOn: 'child process',
      modules: 'url',
      survives: ['exit', 'throw', 'out of memory', 'signal', 'crash'],
      kill: true,
      callbacks: true,
      streams: true,
      relay: true,
      resident: true,
    }),
    open: (open) =>
      relay(relayEnd, {
        open,
        adapter: adapterName,
        start: startOf(options, open),
        codec: { encode: encodeEnvelope, decode: decodeEnvelope },
      }),
  }
}

function startOf(options: ChildProcessOptions, { name, output }: OpenOptions): RelayStart {
  const { env = process.env, execPath = process.execPath, uid, gid, stdio = 'inherit', maxOldSpaceMb } = options
  const execArgv = options.execArgv ?? inheritedExecArgv(process.execArgv)
  return {
    execPath,
    // The last one of an option counts.
    execArgv: maxOldSpaceMb === undefined ? execArgv : [...execArgv, `--max-old-space-size=${maxOldSpaceMb}`],
    cwd: options.cwd === undefined ? currentFolder() : pathOf(options.cwd),
    env: { ...env },
    uid,
    gid,
    stdio: typeof stdio === 'object' ? stdio : [stdio, stdio, stdio],
    child: { name, output, cloneVersion: cloneVersion() },
  }
}

function pathOf(cwd: string | URL): string {
  return typeof cwd === 'string' ? cwd : fileURLToPath(cwd)
}

/** As it is now: the process starts a little later. Undefined where it is gone; then only the system can say why. */
function currentFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}
