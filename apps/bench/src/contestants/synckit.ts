import type { dispatch } from '../tasks/dispatch.js'
import type { Contestant } from './contestant.ts'

export const contestant: Contestant = {
  name: 'synckit',
  kind: 'peer',
  packageName: 'synckit',
  async load() {
    const { createSyncFn } = await import('synckit')
    return () => {
      const call = createSyncFn<typeof dispatch>(new URL('../tasks/dispatch-synckit.js', import.meta.url))
      return {
        task:
          (name) =>
          (...args) =>
            call(name, args),
      }
    }
  },
}
