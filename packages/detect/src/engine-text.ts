import type { Debugger, Session } from 'node:inspector'

/*
 * The engine tells texts of scripts to debuggers. One is told of all scripts there are when it is enabled, which takes
 * some milliseconds, 20 to 40 the first time; left enabled it would slow the program down. So it stays enabled until the
 * event loop turns, for those who ask for many.
 */

interface Engine {
  readonly session: Session
  readonly scripts: Map<string, Debugger.ScriptParsedEventDataType>
}

let enabled: Engine | undefined

/**
 * @param keep is given the texts of other scripts that were compiled as they were loaded: they may be asked for next
 * @throws {RangeError} if the stack has no room left
 */
export function textOfEngine(hash: string, keep: (hash: string, text: string) => void): string | undefined {
  try {
    const isFirst = enabled === undefined
    enabled ??= enable()
    const { session, scripts } = enabled
    if (isFirst) {
      for (const script of scripts.values()) {
        const text = isCompiled(script) && script.hash !== hash ? textOf(session, script) : undefined
        if (text !== undefined) keep(script.hash, text)
      }
    }
    const script = scripts.get(hash)
    return script && textOf(session, script)
  } catch (error) {
    if (error instanceof RangeError) throw error
    // A runtime without a debugger, or one that may not be used.
    return undefined
  }
}

function enable(): Engine {
  const { Session } = process.getBuiltinModule('node:inspector')
  const session = new Session()
  const scripts = new Map<string, Debugger.ScriptParsedEventDataType>()
  session.connect()
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.hash, params))
  // The answers of the own thread's debugger come before `post` returns.
  session.post('Debugger.enable')
  setImmediate(() => {
    enabled = undefined
    session.disconnect()
  })
  return { session, scripts }
}

/** By a loader, that has put a map into it, or took the types out. */
function isCompiled({ url, sourceMapURL = '' }: Debugger.ScriptParsedEventDataType): boolean {
  return sourceMapURL.startsWith('data:') || /\.(?:[cm]?tsx?|jsx)(?:[?#]|$)/.test(url)
}

function textOf(session: Session, { scriptId }: Debugger.ScriptParsedEventDataType): string | undefined {
  let text: string | undefined
  session.post('Debugger.getScriptSource', { scriptId }, (_, result) => {
    text = result?.scriptSource
  })
  return text
}
