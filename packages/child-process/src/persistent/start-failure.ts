import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import type { RelayExit } from '@ambisync/node'
import type { RelayStart } from './start.ts'

/** Exit code of Node.js for an option that it does not know, or a value that it does not take. */
const invalidArgument = 9

/** For Node to say what is wrong with its options, in milliseconds. */
const askLimit = 5_000

/** The system says the same of a program and of a working directory that cannot be used. */
export function explainSpawn(error: Error, { execPath, cwd, uid, gid }: RelayStart): Error {
  const code = 'code' in error ? String(error.code) : ''
  const folder = cwd === undefined ? undefined : whatIsWrongWithFolder(cwd)
  const identity = [uid === undefined ? '' : ` uid ${uid}`, gid === undefined ? '' : ` gid ${gid}`].join('')
  const what =
    folder ??
    (code === 'ENOENT'
      ? `execPath: there is no program ${execPath}`
      : code === 'EACCES'
        ? `execPath: ${execPath} may not be executed`
        : code === 'EPERM' && identity !== ''
          ? `this process may not start another as${identity}`
          : `${execPath} could not be started`)
  return Object.assign(new Error(`${what} (${error.message})`, { cause: error }), code === '' ? {} : { code })
}

function whatIsWrongWithFolder(cwd: string): string | undefined {
  try {
    return statSync(cwd).isDirectory() ? undefined : `cwd: ${cwd} is not a folder`
  } catch (error) {
    return `cwd: ${cwd} cannot be used (${error instanceof Error ? error.message : String(error)})`
  }
}

/** Why the process ended before its script ran, as far as that can be known. */
export async function whyNotStarted({ code }: RelayExit, start: RelayStart): Promise<Error> {
  if (code === invalidArgument) {
    const words = await refusalOfOptions(start)
    if (words !== '') return new Error(`Node.js refused its options (execArgv, or NODE_OPTIONS in env): ${words}`)
  }
  return new Error(
    'it ended before its script ran, and said why on its standard error, if anywhere: look at execPath, execArgv and NODE_OPTIONS',
  )
}

/** Its own words. They went to the standard error of the process, which is not ours to read; so it is asked once more. */
function refusalOfOptions({ execPath, execArgv, env, cwd }: RelayStart): Promise<string> {
  const options = { env: { ...env }, timeout: askLimit, ...(cwd !== undefined && { cwd }) }
  return new Promise((resolve) => {
    execFile(execPath, [...execArgv, '--version'], options, (_error, _stdout, stderr) => resolve(stderr.trim()))
  })
}
