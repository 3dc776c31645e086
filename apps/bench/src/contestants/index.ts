import type { Contestant } from './contestant.ts'

/** By their names, each imported only where it is needed. None imports the package that it is about before it is loaded. */
const files: Readonly<Record<string, () => Promise<{ readonly contestant: Contestant }>>> = {
  'worker-threads': () => import('./worker-threads.ts'),
  atomics: () => import('./atomics.ts'),
  'child-process': () => import('./child-process.ts'),
  'child-process, one per call': () => import('./child-process-per-call.ts'),
  deasync: () => import('./deasync-adapter.ts'),
  '@ambisync/fetch': () => import('./fetch.ts'),
  'native sync': () => import('./native-sync.ts'),
  'plain async': () => import('./plain-async.ts'),
  synckit: () => import('./synckit.ts'),
  'make-synchronized': () => import('./make-synchronized.ts'),
  'make-synchronous, worker': () => import('./make-synchronous-worker.ts'),
  'make-synchronous, subprocess': () => import('./make-synchronous-subprocess.ts'),
  'sync-rpc': () => import('./sync-rpc.ts'),
  'sync-message-port': () => import('./sync-message-port.ts'),
  'deasync by itself': () => import('./deasync.ts'),
  '@kaciras/deasync': () => import('./kaciras-deasync.ts'),
  'sync-fetch': () => import('./sync-fetch.ts'),
  'sync-request': () => import('./sync-request.ts'),
  quansync: () => import('./quansync.ts'),
  tinypool: () => import('./tinypool.ts'),
}

export const contestantNames: readonly string[] = Object.keys(files)

/** @throws {RangeError} if there is none of that name */
export async function importContestant(name: string): Promise<Contestant> {
  const file = files[name]
  if (file === undefined) throw new RangeError(`there is no contestant "${name}"`)
  return (await file()).contestant
}
