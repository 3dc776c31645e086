import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from 'chai'
import { type Case, ownRealm } from '../../case.ts'
import { startTasks } from '../../tasks.ts'
import { withFolder } from '../../with-folder.ts'

export const futuresOnNode: readonly Case[] = [
  {
    name: 'futures: a call runs while its caller does something else and looks at nothing',
    needs: ownRealm,
    async run(context) {
      const { meet } = startTasks(context)
      await withFolder(async (folder) => {
        const future = meet.submit(folder, 'from the task', 'from the caller')
        // A watchdog's limit, in milliseconds.
        for (let time = 0; !existsSync(join(folder, 'from the task')); time++) {
          assert.isBelow(time, 20_000, 'it is not under way')
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
        }
        assert.equal(future.state, 'pending')
        writeFileSync(join(folder, 'from the caller'), '')
        assert.equal(future.result(), 'from the caller')
      })
    },
  },
]
