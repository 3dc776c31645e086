import type { dispatch } from '../tasks/dispatch.js'
import type { Contestant } from './contestant.ts'

export const contestant: Contestant = {
  name: 'make-synchronized',
  kind: 'peer',
  packageName: 'make-synchronized',
  async load() {
    const { makeSynchronized } = await import('make-synchronized')
    return () => {
      const url = new URL('../tasks/dispatch-make-synchronized.js', import.meta.url)
      const call = makeSynchronized(url) as unknown as typeof dispatch
      return {
        task:
          (name) =>
          (...args) =>
            call(name, args),
      }
    }
  },
}
