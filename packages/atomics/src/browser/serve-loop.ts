import { type HostLink, postThrown, serve } from '@ambisync/core/adapter'
import { lastWordsId } from '../last-words.ts'
import { loopWay } from '../loop-way.ts'
import { BrowserClone } from './browser-clone.ts'
import { CODE, ENTERED, type LoopStart } from './messages.ts'

/** Has this worker be a loop, for as long as it lives. */
export function serveLoop(start: LoopStart): void {
  const forever = new Promise<never>(() => {})
  navigator.locks
    .request(start.lock, () => {
      Atomics.store(start.flags, ENTERED, 1)
      postMessage('entered')
      begin(start)
      return forever
    })
    // Whoever started this worker hears of an error, not of a rejection: where storage is blocked, locks are refused.
    .catch(reportError)
}

function begin({ rings, flags, callerWake }: LoopStart): void {
  const { way, drain } = loopWay(rings, callerWake, new BrowserClone())
  const exitListeners: (() => void)[] = []
  const closeWorker = self.close.bind(self)
  let hasEnded = false

  /** Ends the worker, once everything that has been sent is with the caller. */
  function end(code: number, fatal?: { readonly thrown: unknown }): void {
    if (hasEnded) return
    hasEnded = true
    for (const listener of exitListeners) listener()
    if (fatal !== undefined) {
      postThrown(fatal.thrown, (thrown) => way.post({ kind: 'throw', id: lastWordsId, thrown }))
    }
    drain()
    Atomics.store(flags, CODE, code)
    closeWorker()
  }

  // As on Node, what nobody catches ends the loop and is told to its callers. A browser by itself would have them wait.
  self.addEventListener('error', (event) => {
    event.preventDefault()
    end(1, { thrown: event.error })
  })
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault()
    end(1, { thrown: event.reason })
  })
  self.close = () => end(0)
  serve({ ...way, resolveModule, importModule, exit: () => end(0), onExit: (listener) => exitListeners.push(listener) })
}

function resolveModule(specifier: string): string {
  if (URL.canParse(specifier)) return specifier
  if (specifier.startsWith('/')) return new URL(specifier, self.location.origin).href
  const message = `"${specifier}" is neither a URL nor a path from "/", and there is nothing here that it could be meant from`
  throw new TypeError(`${message}; load(new URL('./tasks.js', import.meta.url))`)
}

const importModule: HostLink['importModule'] = (url) => import(/* @vite-ignore */ url)
