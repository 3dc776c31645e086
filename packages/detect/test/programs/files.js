/** Asks from where the text of the caller is not in its file. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { callerDetector } from '@ambisync/detect'

const detector = callerDetector()
function ask() {
  return detector.modeOf(ask)
}
const both = async ({ f, g }) => [f(ask), await g(ask)]
const text = 'export const f = (ask) => ask()\nexport const g = async (ask) => ask()\n'

if (isMainThread) {
  const folder = fs.mkdtempSync(join(tmpdir(), 'ambisync-detect-'))
  const load = async (name, before = '') => {
    fs.writeFileSync(join(folder, name), before + text)
    return await import(pathToFileURL(join(folder, name)).href)
  }
  const changed = await load('changed.mjs', '// one\n')
  fs.writeFileSync(join(folder, 'changed.mjs'), 'export const g = (ask) => 1\nexport const f = async (ask) => 1')
  const gone = await load('gone.mjs', '// two\n')
  fs.rmSync(folder, { recursive: true })
  const pipe = join(tmpdir(), `ambisync-detect-${process.pid}`)
  execFileSync('mkfifo', [pipe])
  // A file without an end, that the text of the script is not in.
  const [f, g] = vm.runInThisContext('"use strict"; [(ask) => ask(), async (ask) => ask()]', { filename: pipe })
  const piped = await both({ f, g })
  fs.rmSync(pipe)

  const overflowing = await import(
    `data:text/javascript,${encodeURIComponent(`// overflow\n${text}
export const deep = (ask) => { try { deep(ask) } catch {} try { ask() } catch {} }`)}`
  )
  overflowing.deep(ask)

  const { readFileSync } = fs
  // What asks itself whenever it is asked.
  fs.readFileSync = (...args) => {
    again(ask)
    return readFileSync(...args)
  }
  const again = new Function('return "use strict", (ask) => ask()')()
  syncBuiltinESMExports()
  const asking = await both(await import(`data:text/javascript,${encodeURIComponent(`// asks\n${text}`)}`))
  fs.readFileSync = readFileSync
  syncBuiltinESMExports()

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
      'a file without an end': piped,
      'after a stack overflow': await both(overflowing),
      'what is asked asks': asking,
      'ten thousand functions of text': areRight,
    }),
  )
} else {
  parentPort?.postMessage(await both(await import(`data:text/javascript,${encodeURIComponent(`// worker\n${text}`)}`)))
}
