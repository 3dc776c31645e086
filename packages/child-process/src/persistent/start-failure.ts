import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import type { RelayExit } from '@ambisync/node'
import type { RelayStart } from './start.ts'

/** Exit code of Node.js for an option that it does not know, or a value that it does not take. */
const invalidArgument = 9

/** For Node to say what is wrong with its options, in milliseconds. */
const askLimit = 5_000

/** The system says the same of a program and of a working directory that cannot be used. */
export function explainSpawn(error: unknown, start: RelayStart): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const what = whatIsWrong(code, start) ?? `${start.execPath} could not be started`
  const message = error instanceof Error ? error.message : String(error)
  return Object.assign(new Error(`${what} (${message})`, { cause: error }), code === '' ? {} : { code })
}

function whatIsWrong(code: string, { execPath, cwd, uid, gid, stdio }: RelayStart): string | undefined {
  const folder = cwd === undefined ? undefined : whatIsWrongWithFolder(cwd)
  if (folder !== undefined) return folder
  switch (code) {
    case 'ENOENT':
      return `execPath: there is no program ${execPath}`
    case 'EACCES':
      return `execPath: ${execPath} may not be executed`
    case 'EPERM':
      return uid === undefined && gid === undefined ? undefined : 'uid, gid: this process may not take on that identity'
    case 'EBADF':
      return `stdio: of [${stdio.join(', ')}] one is not an open descriptor`
    default:
      return undefined
  }
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
