import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getCall } from '@ambisync/core/task'

/** Leaves its process id in the file `started`, and returns once there is a file `go`. */
export async function waitForGo(folder: string): Promise<void> {
  const { signal } = getCall()
  // Renamed, so that whoever sees it sees all of it.
  writeFileSync(join(folder, 'starting'), String(process.pid))
  renameSync(join(folder, 'starting'), join(folder, 'started'))
  while (!existsSync(join(folder, 'go'))) await sleep(5, undefined, { signal })
}
