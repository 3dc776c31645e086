import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installCommandHere } from '../../command/package-manager.ts'
import { findPackage, placesFrom } from '../../installed.ts'
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
      return await loadAndCall(pathToFileURL(module).href)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  async remedy() {
    const install = await installCommandHere(['tsx'], { dev: true })
    return (
      'Compile task modules to JavaScript, or use Node.js 22.18 or later, or install tsx and give the adapter execArgv: ' +
      `${install}; see https://tsx.is`
    )
  },
}

async function loadAndCall(url: string): Promise<string> {
  try {
    await call(url)
    return `Node.js ${process.versions.node} loads them by itself`
  } catch (error) {
    const tsx = findPackage('tsx/esm/api', placesFrom(process.cwd()))
    if (tsx === undefined)
      throw new Error(`Node.js ${process.versions.node} cannot load them by itself`, { cause: error })
    const { register } = (await import(tsx.url)) as { register(): () => Promise<void> }
    register()
    await call(`${url}?tsx`)
    return "tsx loads them: give the adapter execArgv: ['--import', './register-tsx.js'], which calls register of tsx/esm/api"
  }
}

async function call(url: string): Promise<void> {
  const { double } = (await import(url)) as { double(value: number): number }
  if (double(21) !== 42) throw new Error('a function of a TypeScript module gave a wrong result')
}
