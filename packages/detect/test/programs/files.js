/** Asks from where the text of the caller is not in its file. */
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { callerDetector } from '@ambisync/detect'

const detector = callerDetector()
function ask() {
  return detector.modeOf(ask)
}
const both = async ({ f, g }) => [f(ask), await g(ask)]
const text = 'export const f = (ask) => ask()\nexport const g = async (ask) => ask()\n'

if (isMainThread) {
  const folder = mkdtempSync(join(tmpdir(), 'ambisync-detect-'))
  const load = async (name, before = '') => {
    writeFileSync(join(folder, name), before + text)
    return await import(pathToFileURL(join(folder, name)).href)
  }
  const changed = await load('changed.mjs', '// one\n')
  writeFileSync(join(folder, 'changed.mjs'), 'export const g = (ask) => 1\nexport const f = async (ask) => 1')
  const gone = await load('gone.mjs', '// two\n')
  rmSync(folder, { recursive: true })
  const worker = new Worker(new URL(import.meta.url))
  const [inWorker] = await once(worker, 'message')

  let areRight = true
  for (let i = 0; i < 10_000; i++) {
    // Texts of functions that nobody has seen before, in sloppy mode, whose functions tell what they are themselves.
    areRight &&= new Function('ask', `return ask(${i})`)(ask) === 'sync'
  }
  console.log(
    JSON.stringify({
      worker: inWorker,
      changed: await both(changed),
      gone: await both(gone),
      'a data URL': await both(await import(`data:text/javascript,${encodeURIComponent(text)}`)),
      'ten thousand functions of text': areRight,
    }),
  )
} else {
  parentPort?.postMessage(await both(await import(`data:text/javascript,${encodeURIComponent(`// worker\n${text}`)}`)))
}
