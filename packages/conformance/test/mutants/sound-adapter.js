import { workerThreads } from '@ambisync/worker-threads'

/** What every mutant is made from: an adapter that passes. */
export function soundAdapter(options = {}) {
  return workerThreads({ resourceLimits: { maxOldGenerationSizeMb: 64 }, ...options })
}

/** The same, with a module of the folder `loop-end` run first on the loop's own thread. */
export function tamperedLoopEnd(name) {
  const module = new URL(`./loop-end/${name}.js`, import.meta.url)
  return soundAdapter({ execArgv: ['--import', module.href] })
}
