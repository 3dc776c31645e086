import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { fileURLToPath } from 'node:url'

/*
 * The text of a script that runs. It is that of its file if that has the same hash; otherwise (the file was transformed
 * when it was loaded, has changed since, or there is none) the engine has it, and says so to debuggers only.
 */

/**
 * @param hash see `CallSite.getScriptHash`
 * @param file a path or URL, where there is one
 */
export function textOfScript(hash: string, file: string | null): string | undefined {
  return (file === null ? undefined : textOfFile(hash, file)) ?? textOfEngine(hash)
}

function textOfFile(hash: string, file: string): string | undefined {
  try {
    const content = readFileSync(file.startsWith('file:') ? fileURLToPath(withoutQuery(file)) : file)
    return createHash('sha256').update(content).digest('hex') === hash ? content.toString() : undefined
  } catch {
    return undefined
  }
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

/**
 * A debugger is told of all scripts when it is enabled, which takes some milliseconds, 20 to 40 the first time. Left
 * enabled it would slow the program down.
 */
function textOfEngine(hash: string): string | undefined {
  const session = new Session()
  try {
    session.connect()
    let scriptId: string | undefined
    let text: string | undefined
    session.on('Debugger.scriptParsed', ({ params }) => {
      if (params.hash === hash) scriptId = params.scriptId
    })
    // Answers of the own thread's debugger come before `post` returns.
    session.post('Debugger.enable')
    if (scriptId !== undefined) {
      session.post('Debugger.getScriptSource', { scriptId }, (_, result) => {
        text = result?.scriptSource
      })
    }
    session.post('Debugger.disable')
    return text
  } catch {
    // A runtime that was built without it.
    return undefined
  } finally {
    session.disconnect()
  }
}
