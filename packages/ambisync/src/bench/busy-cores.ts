import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { pinned } from './placement.ts'

const script = fileURLToPath(new URL('./keep-busy.js', import.meta.url))

/** One process for each core, once all have begun. They end when `end` is called, or this process is gone. */
export async function keepCoresBusy(): Promise<{ end(): void }> {
  const children = Array.from({ length: availableParallelism() }, (_, index) => {
    const [command, ...args] = pinned([process.execPath, script, String(process.pid)], index)
    return spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  })
  const end = (): void => {
    for (const child of children) child.kill()
  }
  try {
    // Rejects with the error of one that cannot be started.
    await Promise.all(children.map((child) => Promise.race([once(child.stdout, 'data'), failed(child)])))
    return { end }
  } catch (error) {
    end()
    throw error
  }
}

async function failed(child: ReturnType<typeof spawn>): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`a process that was to keep a core busy exited with code ${code}`)
}
