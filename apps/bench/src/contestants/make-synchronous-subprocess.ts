import { fileURLToPath } from 'node:url'
import type { Contestant } from './contestant.ts'
import { type MakeSynchronous, makeTasks } from './make-synchronous-function.ts'

export const contestant: Contestant = {
  name: 'make-synchronous, subprocess',
  kind: 'peer',
  packageName: 'make-synchronous',
  async load() {
    const { default: makeSynchronous } = await import('make-synchronous/subprocess')
    // Its processes look for a dependency of its own, subsume, from the working directory: found in a flat node_modules,
    // and here because this app depends on it, too.
    process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
    return () => makeTasks(makeSynchronous as MakeSynchronous)
  },
}
