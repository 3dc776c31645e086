import type { Contestant } from './contestant.ts'
import { type MakeSynchronous, makeTasks } from './make-synchronous-function.ts'

export const contestant: Contestant = {
  name: 'make-synchronous, worker',
  kind: 'peer',
  packageName: 'make-synchronous',
  async load() {
    const { default: makeSynchronous } = await import('make-synchronous')
    return () => makeTasks(makeSynchronous as MakeSynchronous)
  },
}
