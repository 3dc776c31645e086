import { launch } from './launch.ts'
import type { WorkerMessage } from './messages.ts'
import { serveLoop } from './serve-loop.ts'

/** What is started first is a launcher; what that starts with this same script is a loop. */
self.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
  if (data.kind === 'serve') serveLoop(data.start)
  else launch(data)
})
