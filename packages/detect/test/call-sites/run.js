/** Loads a file of call sites as ES module or CommonJS, runs each, and prints what the detector took them for, as JSON. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { callerDetector } from '@ambisync/detect'

const [, , file = ''] = process.argv
const detector = callerDetector()

function askCaller() {
  return detector.modeOf(askCaller)
}
askCaller.asClass = class {
  constructor() {
    this.seen = detector.modeOf(new.target)
  }
}
askCaller.andTell = (tell) => {
  const ask = () => tell(detector.modeOf(ask))
  return ask
}
/** Is called as `then` is. */
askCaller.andResolve = function ask(resolve) {
  resolve(detector.modeOf(ask))
}
Object.assign(globalThis, { askCaller, asyncFunction: async () => {} })

const isCommonJs = /\.(?:cjs|cts)$/.test(file)
const { sites, topLevel } = isCommonJs ? createRequire(import.meta.url)(file) : await import(pathToFileURL(file).href)
const found = { 'top level': topLevel }
for (const { name, run } of sites) {
  try {
    found[name] = await run()
  } catch (error) {
    found[name] = String(error.stack ?? error)
  }
}
console.log(JSON.stringify({ sites, found }))
