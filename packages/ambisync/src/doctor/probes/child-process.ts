import { spawnSync } from 'node:child_process'
import { runtimeName } from '../../runtime-name.ts'
import type { Probe } from '../probe.ts'

export const childProcesses: Probe = {
  name: 'child-processes',
  title: 'child processes',
  purpose: 'for tasks that may crash, and for this very command: it tries all in processes of their own',
  endsByItself: true,
  try() {
    const script = 'process.stdout.write(process.version)'
    const { stdout, error, status, signal } = spawnSync(process.execPath, ['-e', script], { timeout: 10_000 })
    if (error !== undefined) throw error
    if (String(stdout) !== process.version) {
      throw new Error(`${runtimeName()} was started and did not answer (exit code ${status}, signal ${signal})`)
    }
    return `${runtimeName()} was started and answered`
  },
  remedy: () =>
    'Look for what forbids them: "--permission" wants "--allow-child-process" as well; containers limit the number of ' +
    'processes. workerThreads() needs none.',
}
