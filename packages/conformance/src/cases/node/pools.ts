import { AsyncLocalStorage } from 'node:async_hooks'
import { assert } from 'chai'
import type { Case } from '../../case.ts'
import { loadTasks } from '../../tasks.ts'

export const poolsOnNode: readonly Case[] = [
  {
    name: 'pools: the context of a call is that of the moment when it was made, not when it began',
    needs: {},
    async run(context) {
      const requestId = new AsyncLocalStorage<string>()
      const { later, callContext } = loadTasks(context.startPool({ size: 1, context: { requestId } }))
      const first = requestId.run('first', () => later.submit(10))
      const waiting = ['a', 'b'].map((id) => requestId.run(id, () => callContext.submit()))
      requestId.run('elsewhere', () => first.result())
      assert.deepEqual(
        waiting.map((future) => future.result()),
        [{ requestId: 'a' }, { requestId: 'b' }],
      )
    },
  },
]
