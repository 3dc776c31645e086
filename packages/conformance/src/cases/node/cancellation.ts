import { TimeoutError } from '@ambisync/core'
import { assert } from 'chai'
import type { Case, Needs } from '../../case.ts'
import { call, inEachMode, thrownBy } from '../../modes.ts'
import { loadServer, startTasks } from '../../tasks.ts'

const withServer: Needs = { callbacks: true }

export const cancellationOnNode: readonly Case[] = [
  ...inEachMode(
    'cancellation: a time limit ends a request that has its signal, for the server too',
    withServer,
    async (context, mode) => {
      const server = loadServer(context.startLoop())
      const url = server.listen.sync()
      const { fetchText } = startTasks(context)
      assert.equal(await call(fetchText, mode, `${url}/`), 'there')
      let path = ''
      // The request may not have been on its way when the time was up: then there is more of it.
      for (let timeout = 30; !path || !(await server.hasArrived.async(path)); timeout *= 2) {
        path = `/${timeout}`
        assert.instanceOf(await thrownBy(fetchText.with({ timeout }), mode, url + path), TimeoutError)
      }
      await server.closed.async(path)
      assert.equal(await call(fetchText, mode, `${url}/`), 'there')
    },
  ),
  {
    name: 'cancellation: cancel ends a request that has its signal, for the server too',
    needs: withServer,
    async run(context) {
      const server = loadServer(context.startLoop())
      const url = server.listen.sync()
      const { fetchText } = startTasks(context)
      const future = fetchText.submit(`${url}/path`)
      while (!server.hasArrived.sync('/path'));
      assert.isTrue(future.cancel('no longer needed'))
      await server.closed.async('/path')
      assert.equal(await fetchText.async(`${url}/`), 'there')
    },
  },
]
