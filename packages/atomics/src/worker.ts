import { parentPort } from 'node:worker_threads'
import { serve } from '@ambisync/core/adapter'
import { nodeHost, startHost } from '@ambisync/node/host'
import { loopWay } from './loop-way.ts'
import { NodeClone } from './node-clone.ts'
import type { NodeStart } from './node-thread.ts'

startHost<NodeStart>(({ rings, shared }, callerWake) => {
  const { way, drain } = loopWay(rings, callerWake, new NodeClone(shared))
  // Waiting for the wake word does not keep a thread alive. A port that is listened to does.
  parentPort?.on('message', () => {})
  return { ...serve({ ...nodeHost, ...way }), lastly: drain }
})
