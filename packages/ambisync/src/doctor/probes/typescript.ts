import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installCommandHere } from '../../command/package-manager.ts'
import { runtimeName } from '../../runtime-name.ts'
import type { Probe } from '../probe.ts'

export const typescript: Probe = {
  name: 'typescript',
  title: 'TypeScript task modules',
  purpose: 'for tasks that are not compiled first',
  endsByItself: true,
  async try() {
    const folder = mkdtempSync(join(tmpdir(), 'ambisync-doctor-'))
    try {
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
      const module = join(folder, 'tasks.ts')
      writeFileSync(module, 'export const double = (value: number): number => value * 2\n')
      return await loadAndCall(folder, module)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  async remedy() {
    const install = await installCommandHere(['tsx'], { dev: true })
    return `Compile task modules to JavaScript, or use Node.js 22.18 or later, or ${install}, and run doctor again: it says how to use tsx.`
  },
}

async function loadAndCall(folder: string, module: string): Promise<string> {
  try {
    const { double } = (await import(pathToFileURL(module).href)) as { double(value: number): number }
    if (double(21) !== 42) throw new Error('a function of a TypeScript module gave a wrong result')
    return `${runtimeName()} loads them by itself`
  } catch (error) {
    if (loadsByTsx(folder)) {
      return tsxRecipe
    }
    throw new Error(`${runtimeName()} cannot load them by itself, and tsx is not installed here`, { cause: error })
  }
}

const tsxRecipe =
  "tsx loads them: put import { register } from 'tsx/esm/api'; register() into a file of yours, register-tsx.js, and give the " +
  "adapter execArgv: ['--import', './register-tsx.js']"

/** In a process that starts where the user is, so that the user's own is found. */
function loadsByTsx(folder: string): boolean {
  const main = join(folder, 'main.mjs')
  writeFileSync(main, "import { double } from './tasks.ts'\nprocess.stdout.write(String(double(21)))\n")
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', main], { timeout: 10_000 })
  return String(stdout) === '42'
}
